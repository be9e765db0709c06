//! fails: lent-line
//! breaks: closures-borrow
//! en: `FnMut(&'static str)` promises lines that live for ever, and only a leak keeps the promise: every line stays in memory until
//! the program ends, and a follower never ends. Write `FnMut(&str)` and lend the buffer: who wants to keep a line copies it.
//! ru: `FnMut(&'static str)` обещает строки, которые живут вечно, и сдержать обещание можно только утечкой: каждая строка остаётся в
//! памяти до конца программы, а слежение не кончается никогда. Пишите `FnMut(&str)` и давайте буфер на время: кому строка
//! нужна, тот её скопирует.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;

pub fn open_at_end(path: &Path) -> io::Result<BufReader<File>> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::End(0))?;
    Ok(BufReader::new(file))
}

pub fn follow_into(
    mut source: impl BufRead,
    mut idle: impl FnMut() -> ControlFlow<()>,
    mut grepper: impl FnMut(&'static str),
) -> io::Result<()> {
    let mut line = Vec::new();
    loop {
        source.read_until(b'\n', &mut line)?;
        if line.ends_with(b"\n") {
            line.pop();
            line.pop_if(|byte| *byte == b'\r');
            let text = String::from_utf8(std::mem::take(&mut line))
                .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
            grepper(text.leak());
        } else if idle().is_break() {
            return Ok(());
        }
    }
}
