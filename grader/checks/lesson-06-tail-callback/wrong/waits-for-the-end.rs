//! fails: at-the-end, each-end, errors, interruptions, not-text
//! breaks: handed-over-at-once
//! en: You read up to the end of the source, and only then cut what you have into lines. A source that always has more never gives
//! you its end, and an error on the way takes the lines before it along. Read one line, hand it over, read the next.
//! ru: Вы читаете до конца источника и лишь потом режете прочитанное на строки. Источник, в котором всегда есть ещё, конца не даст,
//! а ошибка по дороге унесёт с собой строки, что были до неё. Прочитали строку — отдайте и читайте следующую.

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
    let mut bytes = Vec::new();
    loop {
        source.read_to_end(&mut bytes)?;
        while let Some(end) = bytes.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = bytes.drain(..=end).collect();
            let line = &line[..end];
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            let text = str::from_utf8(line).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
            grepper(text);
        }
        if idle().is_break() {
            return Ok(());
        }
    }
}
