//! fails: each-end, ends-for-good, two-pipelines
//! breaks: break-is-final
//! en: `from_fn` gives `None` when its closure does, and calls the closure again when it is asked again: after `Break` yours reads on.
//! A Python generator is finished for ever. `.fuse()` makes an iterator so.
//! ru: `from_fn` отдаёт `None`, если его вернуло замыкание, а спросят снова — снова вызовет замыкание: после `Break` ваше читает
//! дальше. Генератор в Python кончается навсегда. Таким же итератор делает `.fuse()`.

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
    std::iter::from_fn(move || {
        loop {
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
        }
    })
}

pub fn grep<I: IntoIterator<Item = String>>(pattern: &str, lines: I) -> impl Iterator<Item = String> + use<I> {
    let pattern = pattern.to_lowercase();
    lines.into_iter().filter(move |line| line.to_lowercase().contains(&pattern))
}
