//! fails: errors, not-text
//! breaks: errors-panic
//! en: You make `None` of an error, with `.ok()?` or a `match`: the loop over your lines is over, and looks as if all were read. An
//! exception would have come out of Python's `next`. Without room for an error in `String`, panic: `expect`.
//! ru: Вы делаете из ошибки `None` — через `.ok()?` или `match`: цикл по вашим строкам кончился, и кажется, что прочитано всё. В
//! Python из `next` вылетело бы исключение. В `String` места для ошибки нет, так что паникуйте: `expect`.

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
    let next = move || {
        loop {
            source.read_until(b'\n', &mut line).ok()?;
            if line.ends_with(b"\n") {
                let mut whole = std::mem::take(&mut line);
                whole.pop_if(|byte| *byte == b'\n');
                whole.pop_if(|byte| *byte == b'\r');
                return String::from_utf8(whole).ok();
            }
            if idle().is_break() {
                return None;
            }
        }
    };
    std::iter::from_fn(next).fuse()
}

pub fn grep<I: IntoIterator<Item = String>>(pattern: &str, lines: I) -> impl Iterator<Item = String> + use<I> {
    let pattern = pattern.to_lowercase();
    lines.into_iter().filter(move |line| line.to_lowercase().contains(&pattern))
}
