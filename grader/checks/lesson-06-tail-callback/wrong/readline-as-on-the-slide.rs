//! fails: whole-lines, each-end, line-endings, inside-a-character, many, errors, interruptions, not-text, two-followers, lends, real-file
//! breaks: continue-reads-on, handed-over-at-once
//! en: You hand over whatever one read returned. At the end of the source `readline`, and `read_line` with it, returns a line
//! without its end: on the slide `py` and `thon` are two calls, and a grep for `python` sees neither. Keep the beginning
//! in a buffer that outlives the turn of the loop, and hand it over when its `\n` has come.
//! ru: Вы отдаёте всё, что вернуло одно чтение. В конце источника `readline`, а вместе с ним и `read_line`, возвращает строку
//! без её конца: на слайде `py` и `thon` — это два вызова, и grep по слову `python` не увидит ни того ни другого. Храните
//! начало в буфере, который переживает виток цикла, и отдавайте его, когда пришёл `\n`.

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
    loop {
        let mut line = String::new();
        if source.read_line(&mut line)? == 0 {
            if idle().is_break() {
                return Ok(());
            }
            continue;
        }
        let line = line.strip_suffix('\n').unwrap_or(&line);
        grepper(line.strip_suffix('\r').unwrap_or(line));
    }
}
