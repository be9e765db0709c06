//! fails: slide, line-by-line, whole-lines, inside-a-character, each-end, interruptions, many, ends-for-good, two-pipelines, lends, real-file, errors, not-text
//! breaks: idle-at-each-end, whole-lines, errors-panic
//! en: `source.lines()` is over at the first end of the source, where `tail -f` begins, and `map_while(Result::ok)` makes an end of
//! every error. At the end ask `idle`, and read on after `Continue`; on an error panic.
//! ru: `source.lines()` кончается у первого же конца источника, где `tail -f` только начинается, а `map_while(Result::ok)` делает
//! концом и любую ошибку. В конце спросите `idle` и после `Continue` читайте дальше, а на ошибке паникуйте.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;

pub fn open_at_end(path: &Path) -> io::Result<BufReader<File>> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::End(0))?;
    Ok(BufReader::new(file))
}

pub fn follow<R: BufRead>(source: R, _idle: impl FnMut() -> ControlFlow<()>) -> impl Iterator<Item = String> {
    source.lines().map_while(Result::ok)
}

pub fn grep<I: IntoIterator<Item = String>>(pattern: &str, lines: I) -> impl Iterator<Item = String> + use<I> {
    let pattern = pattern.to_lowercase();
    lines.into_iter().filter(move |line| line.to_lowercase().contains(&pattern))
}
