//! fails: slide, line-by-line, leaves-the-rest, whole-lines, inside-a-character, each-end, interruptions, many, ends-for-good, two-pipelines, real-file, errors, not-text
//! breaks: lazy, one-line-a-next
//! en: Your `follow` is ahead of its caller. It reads a first line in its own body, which runs at the call, and each `next` looks for
//! another line before it hands over the one it has: `successors` works like that. A generator of Python's would not have begun
//! before the first `next`. Do all of the reading inside `next`: `from_fn`.
//! ru: Ваш `follow` опережает вызывающий код. Первую строку он читает прямо в своём теле, при вызове, а каждый `next` ищет ещё одну,
//! прежде чем отдать найденную: так устроен `successors`. Генератор в Python до первого `next` и не начался бы. Читайте только
//! внутри `next`: `from_fn`.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;

pub fn open_at_end(path: &Path) -> io::Result<BufReader<File>> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::End(0))?;
    Ok(BufReader::new(file))
}

fn read_line<R: BufRead>(
    source: &mut R,
    line: &mut Vec<u8>,
    idle: &mut impl FnMut() -> ControlFlow<()>,
) -> Option<String> {
    loop {
        source.read_until(b'\n', line).expect("failed to read");
        if line.ends_with(b"\n") {
            let mut whole = std::mem::take(line);
            whole.pop_if(|byte| *byte == b'\n');
            whole.pop_if(|byte| *byte == b'\r');
            return Some(String::from_utf8(whole).expect("not UTF-8"));
        }
        if idle().is_break() {
            return None;
        }
    }
}

pub fn follow<R: BufRead>(mut source: R, mut idle: impl FnMut() -> ControlFlow<()>) -> impl Iterator<Item = String> {
    let mut line = Vec::new();
    let first = read_line(&mut source, &mut line, &mut idle);
    std::iter::successors(first, move |_| read_line(&mut source, &mut line, &mut idle))
}

pub fn grep<I: IntoIterator<Item = String>>(pattern: &str, lines: I) -> impl Iterator<Item = String> + use<I> {
    let pattern = pattern.to_lowercase();
    lines.into_iter().filter(move |line| line.to_lowercase().contains(&pattern))
}
