//! fails: pattern-may-go
//! breaks: borrows-as-given
//! en: Your filter keeps the caller's `&str`, so the pattern must live as long as the pipeline: nobody can build a pipeline in a
//! function from a pattern made there. Copy it into the closure, and say in the signature that you did: `use<I>`.
//! ru: Ваш фильтр держит `&str` вызывающего кода, и образец обязан жить столько же, сколько конвейер: функция не сможет вернуть конвейер с
//! образцом, который в ней же и создан. Скопируйте его в замыкание и скажите об этом в сигнатуре: `use<I>`.

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

pub fn grep<I: IntoIterator<Item = String>>(pattern: &str, lines: I) -> impl Iterator<Item = String> {
    lines.into_iter().filter(move |line| line.to_lowercase().contains(&pattern.to_lowercase()))
}
