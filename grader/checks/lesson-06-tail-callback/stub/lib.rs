//! Lesson 06: `tail -f | grep`, with a callback.
//!
//! You build `open_at_end`, which skips what a file holds already, and `follow_into`, which hands every line that is
//! written later to a closure. `src/main.rs` is the slide's program.

#![allow(unused_mut, unused_variables)] // to be removed when everything below is used

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::ops::ControlFlow;
use std::path::Path;

/// Opens a file for reading at its end, past everything that it holds now: `thefile.seek(0, 2)`.
///
/// Fails as [`File::open`] does; a file that is not there stays so.
// TODO: start here. A `File` begins at its first byte: what moves it to its end?
pub fn open_at_end(path: &Path) -> io::Result<BufReader<File>> {
    todo!()
}

/// Hands each line of the source to `grepper`, without its `\n` or `\r\n`, as soon as the line is whole.
///
/// Calls `idle` once for each read that gives nothing: that is an end of the source. `Continue` means: it may have grown,
/// read on. `Break` means: return `Ok(())` now, without another read, and without the line that is not whole.
///
/// Fails with the source's own error, as it is (`Interrupted` is none: read again), or with
/// [`io::ErrorKind::InvalidData`] at a whole line that is not UTF-8; the lines before it have been handed over.
// TODO: the end of the source may fall into the middle of a line. Where does its first half wait for the second?
pub fn follow_into(
    mut source: impl BufRead,
    mut idle: impl FnMut() -> ControlFlow<()>,
    mut grepper: impl FnMut(&str),
) -> io::Result<()> {
    todo!()
}
