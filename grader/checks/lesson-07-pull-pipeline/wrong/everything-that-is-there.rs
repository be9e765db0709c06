//! fails: line-by-line, leaves-the-rest, whole-lines, each-end, interruptions, many, ends-for-good, two-pipelines, errors, not-text
//! breaks: one-line-a-next
//! en: One `next` reads all that the source holds and keeps the lines for later. Nobody asked for them: from a log of a gigabyte
//! one line was wanted, and an error behind it comes before it. `read_until` reads one line, which is enough.
//! ru: Один `next` читает всё, что есть в источнике, и складывает строки впрок. Их никто не просил: от журнала в гигабайт нужна была
//! одна строка, а ошибка, которая стоит за ней, теперь выходит раньше неё. `read_until` читает одну строку, и этого довольно.

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
    let mut bytes = Vec::new();
    let mut ready = std::collections::VecDeque::new();
    let next = move || {
        loop {
            if let Some(line) = ready.pop_front() {
                return Some(line);
            }
            source.read_to_end(&mut bytes).expect("failed to read");
            while let Some(end) = bytes.iter().position(|byte| *byte == b'\n') {
                let mut line: Vec<u8> = bytes.drain(..=end).collect();
                line.pop();
                line.pop_if(|byte| *byte == b'\r');
                ready.push_back(String::from_utf8(line).expect("not UTF-8"));
            }
            if ready.is_empty() && idle().is_break() {
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
