//! fails: whole-lines, each-end, not-text, two-followers, lends
//! breaks: break-ends-it, handed-over-at-once
//! en: At `Break` you hand over what you hold, though its `\n` has not come. Nobody knows how that line would have gone on: `pyth`
//! is not a line about anything. A line that is not whole when the following ends is nobody's.
//! ru: На `Break` вы отдаёте всё, что накопили, хотя `\n` ещё не пришёл. Никто не знает, чем эта строка кончилась бы: `pyth` — ещё
//! не строка. Строка, которая не цела, когда слежение кончилось, не достаётся никому.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;

pub fn open_at_end(path: &Path) -> io::Result<BufReader<File>> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::End(0))?;
    Ok(BufReader::new(file))
}

pub fn follow_into(
    mut source: impl BufRead,
    mut idle: impl FnMut() -> ControlFlow<()>,
    mut grepper: impl FnMut(&str),
) -> io::Result<()> {
    let mut line = Vec::new();
    let mut following = true;
    while following {
        source.read_until(b'\n', &mut line)?;
        if !line.ends_with(b"\n") {
            following = idle().is_continue();
            if following || line.is_empty() {
                continue;
            }
        }
        line.pop_if(|byte| *byte == b'\n');
        line.pop_if(|byte| *byte == b'\r');
        let text = str::from_utf8(&line).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        grepper(text);
        line.clear();
    }
    Ok(())
}
