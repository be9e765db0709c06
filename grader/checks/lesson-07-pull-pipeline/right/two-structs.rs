//! en: Each stage is a struct with an `Iterator` of its own, and its fields are what a generator keeps in local variables.
//! ru: Каждая ступень — структура со своим `Iterator`, а её поля — то, что генератор держит в локальных переменных.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;

pub fn open_at_end(path: &Path) -> io::Result<BufReader<File>> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::End(0))?;
    Ok(BufReader::new(file))
}

pub struct Follow<R, W> {
    source: R,
    idle: W,
    unfinished: Vec<u8>,
    ended: bool,
}

pub fn follow<R: BufRead, W: FnMut() -> ControlFlow<()>>(source: R, idle: W) -> Follow<R, W> {
    Follow { source, idle, unfinished: Vec::new(), ended: false }
}

impl<R: BufRead, W: FnMut() -> ControlFlow<()>> Iterator for Follow<R, W> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        while !self.ended {
            match self.source.read_until(b'\n', &mut self.unfinished) {
                Err(error) => panic!("the source can't be read: {error}"),
                Ok(_) if self.unfinished.ends_with(b"\n") => {
                    let line = match String::from_utf8(std::mem::take(&mut self.unfinished)) {
                        Ok(line) => line,
                        Err(error) => panic!("a line is not text: {error}"),
                    };
                    let text = line.strip_suffix("\r\n").or(line.strip_suffix('\n'));
                    return text.map(str::to_owned);
                }
                Ok(_) => self.ended = (self.idle)().is_break(),
            }
        }
        None
    }
}

pub struct Grep<I> {
    pattern: String,
    lines: I,
}

pub fn grep<I: IntoIterator<Item = String>>(pattern: &str, lines: I) -> Grep<I::IntoIter> {
    Grep { pattern: pattern.to_lowercase(), lines: lines.into_iter() }
}

impl<I: Iterator<Item = String>> Iterator for Grep<I> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        loop {
            let line = self.lines.next()?;
            if line.to_lowercase().contains(&self.pattern) {
                return Some(line);
            }
        }
    }
}
