//! fails: ignores-case, to-lowercase, two-pipelines
//! breaks: grep-by-lowercase
//! en: You compare the pattern with whole words. Like the slide's `in`, `grep` looks for it anywhere in the line, `pythons` and
//! `x-python` included; and the empty pattern is in every line. `str::contains` does just that.
//! ru: Вы сравниваете образец с целыми словами. Как и `in` на слайде, `grep` ищет его в любом месте строки, хоть в `pythons`, хоть в
//! `x-python`, а пустой образец есть в каждой строке. Ровно это делает `str::contains`.

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
    let pattern = pattern.to_lowercase();
    lines.into_iter().filter(move |line| line.split_whitespace().any(|word| word.to_lowercase() == pattern))
}
