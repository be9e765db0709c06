//! fails: ignores-case, to-lowercase
//! breaks: grep-by-lowercase
//! en: You lower the line and leave the pattern as it was given, so a pattern with one capital letter finds nothing at all. Both
//! sides of the comparison need `to_lowercase`.
//! ru: Вы переводите в нижний регистр строку, а образец оставляете как есть: образец с единственной заглавной буквой не найдёт
//! вообще ничего. `to_lowercase` нужен обеим сторонам сравнения.

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
    lines.into_iter().filter(move |line| line.to_lowercase().contains(&pattern))
}
