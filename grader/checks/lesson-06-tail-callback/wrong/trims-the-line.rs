//! fails: line-endings
//! breaks: line-ending-off
//! en: `trim` and `trim_end` take off every blank, not only the line ending: `a  ` becomes `a`, and that is not the line that is
//! in the file. `strip_suffix` takes one `\n`, and then one `\r`, if they are there.
//! ru: `trim` и `trim_end` снимают любые пробелы, а не только конец строки: из `a  ` выходит `a`, и это уже не та строка, что в
//! файле. `strip_suffix` снимет один `\n`, а за ним один `\r`, если они там есть.

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
    let mut line = Vec::new();
    loop {
        source.read_until(b'\n', &mut line)?;
        if line.ends_with(b"\n") {
            let text = str::from_utf8(&line).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
            grepper(text.trim_end());
            line.clear();
        } else if idle().is_break() {
            return Ok(());
        }
    }
}
