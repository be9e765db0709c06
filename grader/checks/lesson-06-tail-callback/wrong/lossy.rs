//! fails: not-text
//! breaks: bad-text-is-an-error
//! en: `from_utf8_lossy` writes `�` over every byte that it does not understand, so the callback gets a line that is not in the
//! file, and nobody hears of it. Here such a line is an error: `str::from_utf8`, with `InvalidData` made of its error.
//! ru: `from_utf8_lossy` ставит `�` вместо каждого непонятного байта: замыкание получает строку, которой в файле нет, и никто
//! об этом не узнаёт. Здесь такая строка — ошибка: `str::from_utf8`, а из его ошибки — `InvalidData`.

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
    loop {
        source.read_until(b'\n', &mut line)?;
        if line.ends_with(b"\n") {
            let text = String::from_utf8_lossy(&line);
            let text = text.strip_suffix('\n').unwrap_or(&text);
            grepper(text.strip_suffix('\r').unwrap_or(text));
            line.clear();
        } else if idle().is_break() {
            return Ok(());
        }
    }
}
