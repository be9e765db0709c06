//! A pipeline that pulls: whoever asks for an item makes the stages below it work, just enough for that item.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Seek, SeekFrom};
use std::iter;
use std::mem;
use std::ops::ControlFlow;
use std::path::Path;

/// Opens a file for reading at its end, past everything that it holds now.
///
/// Fails as [`File::open`] does.
pub fn open_at_end(path: &Path) -> io::Result<BufReader<File>> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::End(0))?;
    Ok(BufReader::new(file))
}

/// The lines of the source, without their line endings, and those that are written to it later.
///
/// Nothing is read before an item is asked for. `idle` is called inside `next`, at the end of the source: `Continue`
/// reads on, `Break` ends the iterator for good.
///
/// # Panics
///
/// In `next`: if the source fails, or a line is not UTF-8. A `String` has no room for an error.
pub fn follow<R: BufRead>(mut source: R, mut idle: impl FnMut() -> ControlFlow<()>) -> impl Iterator<Item = String> {
    let mut line = Vec::new();
    let next = move || loop {
        source.read_until(b'\n', &mut line).expect("failed to read the source that is followed");
        if line.ends_with(b"\n") {
            return Some(text(mem::take(&mut line)));
        }
        if idle().is_break() {
            return None;
        }
    };
    iter::from_fn(next).fuse()
}

/// A whole line as text, with its `\n` or `\r\n` gone.
fn text(mut line: Vec<u8>) -> String {
    line.pop_if(|byte| *byte == b'\n');
    line.pop_if(|byte| *byte == b'\r');
    String::from_utf8(line).expect("a line of the source is not UTF-8")
}

/// The lines that contain the pattern, as they came; upper and lower case are the same to it.
///
/// The pattern is copied, so the result borrows nothing but what `lines` does: that is what `use<I>` says.
pub fn grep<I: IntoIterator<Item = String>>(pattern: &str, lines: I) -> impl Iterator<Item = String> + use<I> {
    let pattern = pattern.to_lowercase();
    lines.into_iter().filter(move |line| line.to_lowercase().contains(&pattern))
}
