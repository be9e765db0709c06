//! Lesson 07: `tail -f | grep`, as a pipeline that pulls.
//!
//! You build `follow` and `grep`, which both return iterators: the loop of the last lesson moves out to the caller, and
//! stages fit into each other like pipes. `src/main.rs` is the slide's program.

#![allow(unused_mut, unused_variables)] // to be removed when everything below is used

use std::fs::File;
use std::io::{self, BufRead, BufReader, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;

/// Opens a file for reading at its end, past everything that it holds now. This one is lesson 06's, and done.
pub fn open_at_end(path: &Path) -> io::Result<BufReader<File>> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::End(0))?;
    Ok(BufReader::new(file))
}

/// The lines of the source, without their `\n` or `\r\n`, and those that are written to it later.
///
/// A call reads nothing; `next` reads up to the end of one line. `idle` is called inside `next`, once for each read that
/// gives nothing. `Continue` means: read on, in the same line. `Break` means: the iterator is at its end, and stays
/// there; it neither reads nor calls `idle` again, and a line that is not whole is nobody's.
///
/// # Panics
///
/// In `next`: if the source fails (`Interrupted` is no failure: read again), or a whole line is not UTF-8. A `String` has no room for an error.
// TODO: a closure that returns `Option<String>` is nearly an iterator: `std::iter::from_fn`. Nearly: see `Break`.
pub fn follow<R: BufRead>(mut source: R, mut idle: impl FnMut() -> ControlFlow<()>) -> impl Iterator<Item = String> {
    std::iter::from_fn(|| todo!())
}

/// The lines that contain the pattern, as they came: those whose `to_lowercase` contains the pattern's.
///
/// Takes no more from `lines` than it is asked for. An empty pattern is in every line.
// TODO: by this signature the result borrows `pattern` for as long as it lives. It need not, and callers should not have
// to keep the pattern: say `use<I>` at the end of the return type, and keep a copy of what you need.
pub fn grep<I: IntoIterator<Item = String>>(pattern: &str, lines: I) -> impl Iterator<Item = String> {
    std::iter::from_fn(|| todo!())
}
