//! fails: ignores-case, to-lowercase, real-file
//! breaks: grep-by-lowercase
//! en: The slide's `in` compares letter by letter, and so does `contains`: `ПИТОН` is not `питон` to it. Here upper and lower case
//! are the same: compare `to_lowercase` of the line with `to_lowercase` of the pattern.
//! ru: `in` на слайде сравнивает буква в букву, и `contains` тоже: для него `ПИТОН` — не `питон`. Здесь регистр не важен:
//! сравнивайте `to_lowercase` строки с `to_lowercase` образца.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;

pub fn open_at_end(path: &Path) -> io::Result<BufReader<File>> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::End(0))?;
    Ok(BufReader::new(file))
}

pub fn follow<R: BufRead>(mut source: R, mut idle: impl FnMut() -> ControlFlow<()>) -> impl Iterator<Item = String> {
    let mut line = Vec::new();
    let next = move || loop {
        source.read_until(b'\n', &mut line).expect("failed to read");
        if line.ends_with(b"\n") {
            let mut whole = std::mem::take(&mut line);
            whole.pop_if(|byte| *byte == b'\n');
            whole.pop_if(|byte| *byte == b'\r');
            return Some(String::from_utf8(whole).expect("not UTF-8"));
        }
        if idle().is_break() {
            return None;
        }
    };
    std::iter::from_fn(next).fuse()
}

pub fn grep<I: IntoIterator<Item = String>>(pattern: &str, lines: I) -> impl Iterator<Item = String> + use<I> {
    let pattern = pattern.to_owned();
    lines.into_iter().filter(move |line| line.contains(&pattern))
}
