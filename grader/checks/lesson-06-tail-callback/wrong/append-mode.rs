//! fails: slide, real-file, at-the-call
//! breaks: starts-at-the-end, file-stays-as-it-is
//! en: What was in the file before comes too. A file is read from its first byte, whatever it is opened for: `append(true)` sends
//! *writes* to the end. It is `Seek` that moves reads: `file.seek(SeekFrom::End(0))?`. (And a follower creates no files.)
//! ru: Приходит и то, что было в файле раньше. Файл читают с первого байта, для чего бы его ни открыли: `append(true)` отправляет в
//! конец *запись*. Чтение переставляет `Seek`: `file.seek(SeekFrom::End(0))?`. (И создавать файлы здесь незачем.)

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader};
use std::ops::ControlFlow;
use std::path::Path;

pub fn open_at_end(path: &Path) -> io::Result<BufReader<File>> {
    let file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
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
            line.pop();
            line.pop_if(|byte| *byte == b'\r');
            let text = str::from_utf8(&line).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
            grepper(text);
            line.clear();
        } else if idle().is_break() {
            return Ok(());
        }
    }
}
