//! en: Errors stay values inside, as `io::Result<Option<String>>`, and become a panic only at the border; `grep` is a `find`.
//! ru: Внутри ошибки остаются значениями, `io::Result<Option<String>>`, и паникой становятся лишь на границе; `grep` — это `find`.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Error, ErrorKind, Read, Seek, SeekFrom};
use std::iter::from_fn;
use std::ops::ControlFlow;
use std::path::Path;

pub fn open_at_end(path: &Path) -> io::Result<BufReader<File>> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::End(0))?;
    Ok(BufReader::new(file))
}

/// The next byte, or `None` at `Break`.
fn next_byte(source: &mut impl BufRead, idle: &mut impl FnMut() -> ControlFlow<()>) -> io::Result<Option<u8>> {
    loop {
        if let Some(byte) = source.by_ref().bytes().next() {
            return byte.map(Some);
        }
        if idle().is_break() {
            return Ok(None);
        }
    }
}

fn next_line(source: &mut impl BufRead, idle: &mut impl FnMut() -> ControlFlow<()>) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    while let Some(byte) = next_byte(source, idle)? {
        if byte != b'\n' {
            line.push(byte);
            continue;
        }
        if line.last() == Some(&b'\r') {
            line.truncate(line.len() - 1);
        }
        return String::from_utf8(line).map(Some).map_err(|error| Error::new(ErrorKind::InvalidData, error));
    }
    Ok(None)
}

pub fn follow<R: BufRead>(source: R, idle: impl FnMut() -> ControlFlow<()>) -> impl Iterator<Item = String> {
    let mut both = Some((source, idle));
    from_fn(move || {
        let (source, idle) = both.as_mut()?;
        let line = next_line(source, idle).expect("the file that is followed");
        if line.is_none() {
            both = None;
        }
        line
    })
}

pub fn grep<I: IntoIterator<Item = String>>(pattern: &str, lines: I) -> impl Iterator<Item = String> + use<I> {
    let pattern = pattern.to_lowercase();
    let mut lines = lines.into_iter();
    from_fn(move || lines.find(|line| line.to_lowercase().contains(&pattern)))
}
