//! en: Looks for `\n` in the source's own buffer with `fill_buf` and `consume`: an empty buffer is the end.
//! ru: Ищет `\n` в буфере самого источника через `fill_buf` и `consume`: пустой буфер — это конец.

use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;

pub fn open_at_end(path: &Path) -> io::Result<BufReader<File>> {
    let mut reader = BufReader::new(File::open(path)?);
    reader.seek(SeekFrom::End(0))?;
    Ok(reader)
}

pub fn follow_into(
    mut source: impl BufRead,
    mut idle: impl FnMut() -> ControlFlow<()>,
    mut grepper: impl FnMut(&str),
) -> io::Result<()> {
    let mut line = Vec::new();
    loop {
        let piece = match source.fill_buf() {
            Ok(piece) => piece,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if piece.is_empty() {
            match idle() {
                ControlFlow::Continue(()) => continue,
                ControlFlow::Break(()) => return Ok(()),
            }
        }
        let Some(end) = piece.iter().position(|byte| *byte == b'\n') else {
            line.extend_from_slice(piece);
            let n = piece.len();
            source.consume(n);
            continue;
        };
        line.extend_from_slice(&piece[..end]);
        source.consume(end + 1);
        line.pop_if(|byte| *byte == b'\r');
        grepper(str::from_utf8(&line).map_err(|error| io::Error::new(ErrorKind::InvalidData, error))?);
        line.clear();
    }
}
