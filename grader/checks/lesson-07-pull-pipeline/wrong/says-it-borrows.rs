//! fails: pattern-may-go
//! breaks: borrows-as-given
//! en: You copy the pattern, but the signature doesn't say so: in edition 2024 an `impl Iterator` that is returned captures every
//! lifetime among the arguments, and callers can only go by the signature. Add `+ use<I>`: it captures `I`, and no more.
//! ru: Образец вы копируете, но сигнатура об этом молчит: в редакции 2024 возвращаемый `impl Iterator` захватывает все времена жизни
//! из аргументов, а вызывающий код видит только сигнатуру. Допишите `+ use<I>`: захвачен только `I`.

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
    let pattern = pattern.to_lowercase();
    lines.into_iter().filter(move |line| line.to_lowercase().contains(&pattern))
}
