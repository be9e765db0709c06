//! en: Never uses `BufRead`: it reads into an array of its own with `read`, and hands over all whole lines in it before the next read.
//! ru: Обходится без `BufRead`: читает через `read` в собственный массив и до следующего чтения отдаёт все целые строки из него.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;

pub fn open_at_end(path: &Path) -> io::Result<BufReader<File>> {
    File::open(path).and_then(|mut file| {
        let end = file.seek(SeekFrom::End(0))?;
        file.seek(SeekFrom::Start(end))?;
        Ok(BufReader::with_capacity(64, file))
    })
}

/// What was read and not handed over yet.
#[derive(Default)]
struct Unread(VecDeque<u8>);

impl Unread {
    fn pop_line(&mut self) -> Option<io::Result<String>> {
        let end = self.0.iter().position(|byte| *byte == b'\n')?;
        let mut line: Vec<u8> = self.0.drain(..=end).collect();
        let ending = if line.ends_with(b"\r\n") { 2 } else { 1 };
        line.truncate(line.len() - ending);
        Some(String::from_utf8(line).map_err(|error| io::Error::new(ErrorKind::InvalidData, error)))
    }
}

pub fn follow_into(
    mut source: impl BufRead,
    mut idle: impl FnMut() -> ControlFlow<()>,
    mut grepper: impl FnMut(&str),
) -> io::Result<()> {
    let mut unread = Unread::default();
    let mut piece = [0; 10_000];
    loop {
        let count = match source.read(&mut piece) {
            Ok(count) => count,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if count == 0 && idle() == ControlFlow::Break(()) {
            return Ok(());
        }
        unread.0.extend(&piece[..count]);
        while piece[..count].contains(&b'\n')
            && let Some(line) = unread.pop_line()
        {
            grepper(&line?);
        }
    }
}
