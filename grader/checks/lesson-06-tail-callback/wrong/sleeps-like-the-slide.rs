//! fails: slide, whole-lines, at-the-end, each-end, line-endings, inside-a-character, many, errors, interruptions, not-text, two-followers, lends, real-file, at-the-call
//! breaks: idle-at-each-end
//! en: You wait at the end of the source by yourself, as the slide does, and `idle` is never called. How to wait, and for how long,
//! is the caller's choice: a program sleeps in `idle`, a check appends to the file. Call it, and look at what it returns.
//! ru: В конце источника вы ждёте сами, как на слайде, и `idle` не вызван ни разу. Как ждать и до каких пор — решает вызывающий код:
//! программа в `idle` спит, проверка дописывает в файл. Вызовите его и посмотрите, что он вернул.

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
    _idle: impl FnMut() -> ControlFlow<()>,
    mut grepper: impl FnMut(&str),
) -> io::Result<()> {
    let mut line = Vec::new();
    loop {
        source.read_until(b'\n', &mut line)?;
        if !line.ends_with(b"\n") {
            std::thread::sleep(std::time::Duration::from_millis(10));
            continue;
        }
        line.pop();
        line.pop_if(|byte| *byte == b'\r');
        let text = str::from_utf8(&line).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        grepper(text);
        line.clear();
    }
}
