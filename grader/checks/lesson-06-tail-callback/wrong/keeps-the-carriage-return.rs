//! fails: line-endings, real-file
//! breaks: line-ending-off
//! en: On Windows a line ends with two bytes, `\r\n`, and you take off the last of them only. Printed, the `\r` can't be seen; a
//! comparison sees it. After the `\n` strip one `\r` more.
//! ru: В Windows строка кончается двумя байтами, `\r\n`, а вы снимаете только последний. На экране `\r` не видно, но сравнение его
//! заметит. После `\n` снимите ещё один `\r`.

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
        if line.last() == Some(&b'\n') {
            line.pop();
            let text = str::from_utf8(&line).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
            grepper(text);
            line.clear();
        } else if idle().is_break() {
            return Ok(());
        }
    }
}
