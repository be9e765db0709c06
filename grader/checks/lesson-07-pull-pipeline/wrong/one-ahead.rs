//! fails: slide, on-demand, grep-of-grep, lends, real-file
//! breaks: grep-on-demand, lazy
//! en: Your `grep` always has the next line ready: it looks for one in the constructor, and for another before it hands one over. On
//! a log, that line may come tomorrow, and the one that you have waits with it. Look for a line inside `next`, and return it.
//! ru: У вашего `grep` следующая строка всегда наготове: одну он ищет ещё в конструкторе, а другую — прежде чем отдать найденную. В
//! журнале та строка может прийти завтра, и найденная будет ждать её. Ищите строку внутри `next` и сразу возвращайте.

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

struct Grep<I> {
    pattern: String,
    lines: I,
    ready: Option<String>,
}

impl<I: Iterator<Item = String>> Grep<I> {
    fn search(&mut self) -> Option<String> {
        self.lines.find(|line| line.to_lowercase().contains(&self.pattern))
    }
}

impl<I: Iterator<Item = String>> Iterator for Grep<I> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        let found = self.ready.take()?;
        self.ready = self.search();
        Some(found)
    }
}

pub fn grep<I: IntoIterator<Item = String>>(pattern: &str, lines: I) -> impl Iterator<Item = String> + use<I> {
    let mut grep = Grep { pattern: pattern.to_lowercase(), lines: lines.into_iter(), ready: None };
    grep.ready = grep.search();
    grep
}
