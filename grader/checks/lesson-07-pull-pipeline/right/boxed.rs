//! en: Both return `Box<dyn Iterator>`: no `impl Trait`, so nothing is captured but what the signature names.
//! ru: Оба возвращают `Box<dyn Iterator>`: без `impl Trait` захвачено только то, что названо в сигнатуре.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;

pub type Lines<'a> = Box<dyn Iterator<Item = String> + 'a>;

pub fn open_at_end(path: &Path) -> io::Result<BufReader<File>> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::End(0))?;
    Ok(BufReader::new(file))
}

pub fn follow<'a>(source: impl BufRead + 'a, mut idle: impl FnMut() -> ControlFlow<()> + 'a) -> Lines<'a> {
    let mut source = Some(source);
    let mut line = Vec::new();
    Box::new(std::iter::from_fn(move || {
        while let Some(open) = &mut source {
            let piece = match open.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                read => read.unwrap(),
            };
            if let Some(end) = piece.iter().position(|byte| *byte == b'\n') {
                line.extend_from_slice(&piece[..end]);
                open.consume(end + 1);
                line.pop_if(|byte| *byte == b'\r');
                return Some(String::from_utf8(std::mem::take(&mut line)).unwrap());
            }
            let n = piece.len();
            line.extend_from_slice(piece);
            open.consume(n);
            if n == 0 && idle().is_break() {
                source = None;
            }
        }
        None
    }))
}

pub fn grep<'a, I>(pattern: &str, lines: I) -> Lines<'a>
where
    I: IntoIterator<Item = String>,
    I::IntoIter: 'a,
{
    let pattern = pattern.to_lowercase();
    let wanted = move |line: String| line.to_lowercase().contains(&pattern).then_some(line);
    Box::new(lines.into_iter().filter_map(wanted))
}
