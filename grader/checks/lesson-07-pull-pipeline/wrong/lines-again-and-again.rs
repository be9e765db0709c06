//! fails: whole-lines, inside-a-character, each-end, interruptions, many, ends-for-good, two-pipelines, lends, real-file, errors, not-text
//! breaks: whole-lines
//! en: At the end of the source `lines()` gives the part that is there as if it were a line, and the rest comes later as another one.
//! (On the slide `readline` does the same.) If the end is inside a character, that part is not even text. Keep the bytes in a
//! buffer of the closure until their `\n` has come.
//! ru: В конце источника `lines()` отдаёт имеющуюся часть так, будто это строка, а остаток потом придёт ещё одной строкой. (На слайде
//! так же поступает `readline`.) А если конец пришёлся внутрь символа, эта часть даже не текст. Держите байты в буфере
//! замыкания, пока не пришёл их `\n`.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;

pub fn open_at_end(path: &Path) -> io::Result<BufReader<File>> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::End(0))?;
    Ok(BufReader::new(file))
}

pub fn follow<R: BufRead>(source: R, mut idle: impl FnMut() -> ControlFlow<()>) -> impl Iterator<Item = String> {
    let mut lines = source.lines();
    let next = move || {
        loop {
            match lines.next() {
                Some(line) => return Some(line.expect("failed to read")),
                None if idle().is_break() => return None,
                None => {}
            }
        }
    };
    std::iter::from_fn(next).fuse()
}

pub fn grep<I: IntoIterator<Item = String>>(pattern: &str, lines: I) -> impl Iterator<Item = String> + use<I> {
    let pattern = pattern.to_lowercase();
    lines.into_iter().filter(move |line| line.to_lowercase().contains(&pattern))
}
