//! fails: whole-lines, each-end, line-endings, inside-a-character, many, interruptions, real-file
//! breaks: continue-reads-on
//! en: You see that a line is not whole, and throw its first half away: the buffer is made anew, or cleared, on every turn of the
//! loop. `read_until` appends to the buffer it is given, so leave there what it has read, and clear after a whole line only.
//! ru: Вы замечаете, что строка не цела, но её первую половину выбрасываете: буфер создаётся заново или очищается на каждом витке.
//! `read_until` дописывает в данный ему буфер — оставьте прочитанное в нём, а очищайте только после целой строки.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;

pub fn open_at_end(path: &Path) -> io::Result<BufReader<File>> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::End(0))?;
    Ok(BufReader::new(file))
}

pub fn follow_into(
    mut source: impl BufRead,
    mut idle: impl FnMut() -> ControlFlow<()>,
    mut grepper: impl FnMut(&str),
) -> io::Result<()> {
    loop {
        let mut line = Vec::new();
        source.read_until(b'\n', &mut line)?;
        if line.pop_if(|byte| *byte == b'\n').is_some() {
            line.pop_if(|byte| *byte == b'\r');
            let line = str::from_utf8(&line).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
            grepper(line);
        } else if idle().is_break() {
            return Ok(());
        }
    }
}
