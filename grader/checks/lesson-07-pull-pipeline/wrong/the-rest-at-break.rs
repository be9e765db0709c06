//! fails: whole-lines, each-end, ends-for-good, two-pipelines, lends, not-text
//! breaks: break-is-final
//! en: At `Break` you give out the line that has only begun. Nobody knows how it would have gone on: `pyth` is not a line about
//! anything. It is nobody's: return `None`.
//! ru: На `Break` вы отдаёте строку, которую только начали. Никто не знает, чем она кончилась бы: `pyth` — ещё не строка. Она не
//! достаётся никому: верните `None`.

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
    let mut ended = false;
    std::iter::from_fn(move || {
        while !ended {
            source.read_until(b'\n', &mut line).expect("failed to read");
            if line.ends_with(b"\n") {
                break;
            }
            ended = idle().is_break();
        }
        if line.is_empty() {
            return None;
        }
        let mut whole = std::mem::take(&mut line);
        whole.pop_if(|byte| *byte == b'\n');
        whole.pop_if(|byte| *byte == b'\r');
        Some(String::from_utf8(whole).expect("not UTF-8"))
    })
}

pub fn grep<I: IntoIterator<Item = String>>(pattern: &str, lines: I) -> impl Iterator<Item = String> + use<I> {
    let pattern = pattern.to_lowercase();
    lines.into_iter().filter(move |line| line.to_lowercase().contains(&pattern))
}
