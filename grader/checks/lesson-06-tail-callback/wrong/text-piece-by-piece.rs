//! fails: inside-a-character, many, interruptions, not-text
//! breaks: continue-reads-on, bad-text-is-an-error
//! en: You make text of every piece as it comes, and a piece may end in the middle of a character: each half becomes `�`. And
//! bytes that are not UTF-8 are to be an error here. Keep bytes until the line is whole, then use `str::from_utf8`.
//! ru: Вы превращаете в текст каждый кусок, как только он пришёл, а кусок может кончиться посреди символа: обе половины станут
//! `�`. К тому же байты, которые не UTF-8, здесь должны быть ошибкой. Храните байты, пока строка не цела, а потом зовите
//! `str::from_utf8`.

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
    let mut text = String::new();
    loop {
        let piece = source.fill_buf()?;
        let n = piece.len();
        text.push_str(&String::from_utf8_lossy(piece));
        source.consume(n);
        if n == 0 && idle().is_break() {
            return Ok(());
        }
        while let Some(end) = text.find('\n') {
            let line: String = text.drain(..=end).collect();
            let line = &line[..end];
            grepper(line.strip_suffix('\r').unwrap_or(line));
        }
    }
}
