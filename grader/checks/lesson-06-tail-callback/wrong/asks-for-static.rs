//! fails: lends, lent-line
//! breaks: closures-borrow
//! en: `Send + 'static` belongs to a callback that another thread keeps for later, as in lessons 01 and 02. Here it is called
//! before `follow_into` returns, on the caller's own thread, so it may borrow whatever the caller has: ask for `FnMut` only.
//! ru: `Send + 'static` нужны замыканию, которое другой поток ОС хранит на потом, как в уроках 01 и 02. Здесь его вызывают до
//! возврата из `follow_into` и в том же потоке ОС, так что заимствовать у вызывающего кода можно что угодно: требуйте только `FnMut`.

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
    mut idle: impl FnMut() -> ControlFlow<()> + Send + 'static,
    mut grepper: impl FnMut(&str) + Send + 'static,
) -> io::Result<()> {
    let mut line = Vec::new();
    loop {
        source.read_until(b'\n', &mut line)?;
        if line.ends_with(b"\n") {
            line.pop();
            line.pop_if(|byte| *byte == b'\r');
            let text = str::from_utf8(&line).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
            grepper(text);
            line.clear();
        } else if idle().is_break() {
            return Ok(());
        }
    }
}
