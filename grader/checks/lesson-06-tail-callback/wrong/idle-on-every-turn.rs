//! fails: at-the-end, each-end, line-endings, inside-a-character, errors, interruptions, not-text, two-followers, real-file, at-the-call
//! breaks: idle-at-each-end
//! en: You call `idle` on every turn of the loop. On the slide `idle` is a pause of 0.1 s, and a log of ten thousand lines would
//! take a quarter of an hour. Read first, and ask `idle` only when the source has come to its end.
//! ru: Вы вызываете `idle` на каждом витке цикла. На слайде `idle` — это пауза в 0,1 с, и журнал в десять тысяч строк вы читали бы
//! четверть часа. Сначала читайте, а `idle` спрашивайте, только когда источник кончился.

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
    while idle().is_continue() {
        source.read_until(b'\n', &mut line)?;
        if line.ends_with(b"\n") {
            line.pop();
            line.pop_if(|byte| *byte == b'\r');
            let text = str::from_utf8(&line).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
            grepper(text);
            line.clear();
        }
    }
    Ok(())
}
