//! fails: slide, on-demand, grep-of-grep, lends, real-file
//! breaks: grep-on-demand, lazy
//! en: `collect` runs the source to its end before the first line goes out, and a log that is being written has no end. Return the
//! adapter itself, `lines.into_iter().filter(…)`: it takes a line only when it is asked for one.
//! ru: `collect` прогоняет источник до конца, прежде чем выйдет первая строка, а у журнала, в который пишут, конца нет. Верните сам
//! адаптер, `lines.into_iter().filter(…)`: он берёт строку, только когда его просят.

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
    let mut found = Vec::new();
    for line in lines {
        if line.to_lowercase().contains(&pattern) {
            found.push(line);
        }
    }
    found.into_iter()
}
