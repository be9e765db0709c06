//! fails: slide, whole-lines, at-the-end, each-end, line-endings, inside-a-character, many, errors, interruptions, not-text, two-followers, lends, real-file, at-the-call
//! breaks: idle-at-each-end, continue-reads-on
//! en: A `for` loop over `lines()` is over at the first end of the source, and that is where `tail -f` begins: `idle` is never
//! called, and what is appended later is never seen. Write a `loop` that asks `idle` at the end, and reads on.
//! ru: Цикл `for` по `lines()` кончается у первого же конца источника, а `tail -f` там только начинается: `idle` не вызван ни
//! разу, и всё, что допишут позже, останется незамеченным. Нужен `loop`, который в конце спрашивает `idle` и читает дальше.

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
    source: impl BufRead,
    _idle: impl FnMut() -> ControlFlow<()>,
    mut grepper: impl FnMut(&str),
) -> io::Result<()> {
    for line in source.lines() {
        grepper(&line?);
    }
    Ok(())
}
