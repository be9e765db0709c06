//! en: A struct keeps the unfinished line between calls; `follow_into` is a plain `while let` over it, as in the next lesson.
//! ru: Недописанную строку между вызовами хранит структура, а `follow_into` — простой `while let` по ней, как в следующем уроке.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;

pub fn open_at_end(path: &Path) -> io::Result<BufReader<File>> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length))?;
    Ok(BufReader::new(file))
}

struct Followed<R, W> {
    source: R,
    wait: W,
    unfinished: Vec<u8>,
}

impl<R: BufRead, W: FnMut() -> ControlFlow<()>> Followed<R, W> {
    fn next_line(&mut self) -> io::Result<Option<String>> {
        loop {
            self.source.read_until(b'\n', &mut self.unfinished)?;
            if self.unfinished.ends_with(b"\n") {
                break;
            }
            if (self.wait)().is_break() {
                return Ok(None);
            }
        }
        let mut line = String::from_utf8(std::mem::take(&mut self.unfinished))
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.utf8_error()))?;
        line.pop();
        if line.ends_with('\r') {
            line.pop();
        }
        Ok(Some(line))
    }
}

pub fn follow_into(
    source: impl BufRead,
    idle: impl FnMut() -> ControlFlow<()>,
    mut grepper: impl FnMut(&str),
) -> io::Result<()> {
    let mut followed = Followed { source, wait: idle, unfinished: Vec::new() };
    while let Some(line) = followed.next_line()? {
        grepper(&line);
    }
    Ok(())
}
