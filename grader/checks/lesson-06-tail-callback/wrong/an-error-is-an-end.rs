//! fails: errors, not-text
//! breaks: source-error-as-it-is
//! en: `while let Ok(…)`, or an `Err(_)` that is treated like 0 bytes: an error looks like the end of the source, and the caller is
//! told `Ok(())`. A follower whose file can't be read any more should say so: `?`.
//! ru: `while let Ok(…)` или `Err(_)`, с которым обошлись как с 0 байт: ошибка выглядит как конец источника, и вызывающий код получает
//! `Ok(())`. Если файл больше не читается, об этом нужно сказать: `?`.

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
        while let Ok(n) = source.read_until(b'\n', &mut line) {
            if n == 0 || !line.ends_with(b"\n") {
                break;
            }
            line.pop();
            line.pop_if(|byte| *byte == b'\r');
            if let Ok(text) = str::from_utf8(&line) {
                grepper(text);
            }
            line.clear();
        }
        if idle().is_break() {
            return Ok(());
        }
    }
}
