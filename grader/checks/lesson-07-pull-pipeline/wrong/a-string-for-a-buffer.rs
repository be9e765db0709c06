//! fails: inside-a-character, not-text
//! breaks: whole-lines
//! en: You gather a line in a `String`, which can't hold half a character: when the source ends inside one, `read_line` returns an
//! error, and what it had read is gone. Gather bytes with `read_until`, and make text of them at the `\n`.
//! ru: Вы собираете строку в `String`, а половина символа в нём жить не может: когда источник кончается внутри символа, `read_line`
//! возвращает ошибку, и прочитанное пропадает. Собирайте байты через `read_until`, а текст делайте у `\n`.

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
    let mut line = String::new();
    let next = move || {
        loop {
            source.read_line(&mut line).expect("failed to read");
            if let Some(whole) = line.strip_suffix('\n') {
                let whole = whole.strip_suffix('\r').unwrap_or(whole).to_owned();
                line.clear();
                return Some(whole);
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
