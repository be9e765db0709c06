//! `tail -f` with a callback: the loop belongs to whoever follows, and each whole line goes to a closure.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;

/// Opens a file for reading at its end, past everything that it holds now: `thefile.seek(0, 2)`.
///
/// Fails as [`File::open`] does; a file that is not there stays so.
pub fn open_at_end(path: &Path) -> io::Result<BufReader<File>> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::End(0))?;
    Ok(BufReader::new(file))
}

/// Hands each line of the source to `grepper`, without its line ending, and calls `idle` at the end of the source.
///
/// `Continue` from `idle` means that the source may have grown: it is read again, and a line that was cut short by the
/// end goes on. `Break` ends the following, and a line that is not whole by then is nobody's.
///
/// Fails with the source's own error, or with [`io::ErrorKind::InvalidData`] at a line that is not UTF-8.
pub fn follow_into(
    mut source: impl BufRead,
    mut idle: impl FnMut() -> ControlFlow<()>,
    mut grepper: impl FnMut(&str),
) -> io::Result<()> {
    // Bytes: the end may fall inside a character. `read_line` fails there, and what it has read so far is gone.
    let mut line = Vec::new();
    loop {
        source.read_until(b'\n', &mut line)?;
        match line.strip_suffix(b"\n") {
            Some(whole) => {
                grepper(text(whole)?);
                line.clear();
            }
            None if idle().is_break() => return Ok(()),
            None => {}
        }
    }
}

/// A line as text, with the `\r` of a `\r\n` gone too.
fn text(line: &[u8]) -> io::Result<&str> {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    str::from_utf8(line).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}
