//! en: `follow` is a state machine that drops its source at the end; `grep` is a `flat_map` over options.
//! ru: `follow` — конечный автомат, который в конце уничтожает источник; `grep` — `flat_map` по `Option`.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;

pub fn open_at_end(path: &Path) -> io::Result<BufReader<File>> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::End(0))?;
    Ok(BufReader::new(file))
}

enum Follow<R, W> {
    Reading { source: R, idle: W },
    Ended,
}

/// One line's bytes with its `\n`; none at `Break`.
fn bytes_of_line(source: &mut dyn BufRead, idle: &mut dyn FnMut() -> ControlFlow<()>) -> Option<Vec<u8>> {
    let mut parts: Vec<Vec<u8>> = Vec::new();
    loop {
        let mut part = Vec::new();
        if let Err(error) = source.read_until(b'\n', &mut part) {
            panic!("{error}");
        }
        let whole = part.last() == Some(&b'\n');
        parts.push(part);
        if whole {
            return Some(parts.concat());
        }
        match idle() {
            ControlFlow::Continue(()) => {}
            ControlFlow::Break(()) => return None,
        }
    }
}

impl<R: BufRead, W: FnMut() -> ControlFlow<()>> Iterator for Follow<R, W> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        let Follow::Reading { source, idle } = self else { return None };
        let Some(bytes) = bytes_of_line(source, idle) else {
            *self = Follow::Ended;
            return None;
        };
        let text = str::from_utf8(&bytes).unwrap();
        Some(text.strip_suffix("\r\n").unwrap_or_else(|| &text[..text.len() - 1]).to_owned())
    }
}

pub fn follow<R: BufRead>(source: R, idle: impl FnMut() -> ControlFlow<()>) -> impl Iterator<Item = String> {
    Follow::Reading { source, idle }
}

pub fn grep<I: IntoIterator<Item = String>>(pattern: &str, lines: I) -> impl Iterator<Item = String> + use<I> {
    let pattern: Box<str> = pattern.to_lowercase().into();
    lines.into_iter().flat_map(move |line| Some(line).filter(|line| line.to_lowercase().contains(&*pattern)))
}
