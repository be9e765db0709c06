//! fails: slide, on-demand, many, ignores-case, to-lowercase, grep-of-grep, two-pipelines, real-file
//! breaks: grep-on-demand, grep-by-lowercase
//! en: `take_while` *ends* at the first line that does not match; `map_while` and a `?` in `next` do the same. A line that `grep` does
//! not want is to be passed over, and the next one asked for: `filter`.
//! ru: `take_while` *кончается* на первой же неподходящей строке; так же ведут себя `map_while` и `?` внутри `next`. Ненужную строку
//! `grep` пропускает и просит следующую: это `filter`.

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
    lines.into_iter().take_while(move |line| line.to_lowercase().contains(&pattern))
}
