//! fails: inside-a-character, not-text
//! breaks: continue-reads-on
//! en: You gather a line in a `String`, which can't hold half a character. When the source ends inside one, `read_line` fails
//! with `InvalidData`, and what it had read is gone. Gather bytes with `read_until`, and make text of them at the `\n`.
//! ru: Вы собираете строку в `String`, а половина символа в нём жить не может. Когда источник кончается внутри символа,
//! `read_line` возвращает `InvalidData`, и прочитанное пропадает. Собирайте байты через `read_until`, а текст делайте у `\n`.

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
    let mut line = String::new();
    loop {
        source.read_line(&mut line)?;
        if let Some(whole) = line.strip_suffix('\n') {
            grepper(whole.strip_suffix('\r').unwrap_or(whole));
            line.clear();
        } else if idle().is_break() {
            return Ok(());
        }
    }
}
