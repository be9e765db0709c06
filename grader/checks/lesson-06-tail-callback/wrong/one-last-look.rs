//! fails: at-the-end, each-end, interruptions, not-text
//! breaks: break-ends-it
//! en: After `Break` you read once more, in case something came. But `Break` is the caller's last word: what is appended at that
//! moment is not yours, and the next end would need another answer. Return as soon as `idle` says so.
//! ru: После `Break` вы читаете ещё раз: вдруг что-то пришло. Но `Break` — последнее слово вызывающего кода: дописанное в этот миг уже не
//! ваше, да и на следующий конец понадобился бы ещё один ответ. Возвращайтесь, как только `idle` это сказал.

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
    let mut last = false;
    loop {
        source.read_until(b'\n', &mut line)?;
        if line.ends_with(b"\n") {
            line.pop();
            line.pop_if(|byte| *byte == b'\r');
            let text = str::from_utf8(&line).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
            grepper(text);
            line.clear();
        } else if last {
            return Ok(());
        } else {
            last = idle().is_break();
        }
    }
}
