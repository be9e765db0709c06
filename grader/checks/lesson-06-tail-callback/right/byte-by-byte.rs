//! en: Takes one byte at a time; old content is skipped by reading it.
//! ru: Берёт по одному байту, а старое содержимое пропускает, читая его.

use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Read};
use std::ops::ControlFlow;
use std::path::Path;

pub fn open_at_end(path: &Path) -> io::Result<BufReader<File>> {
    let mut reader = BufReader::new(File::open(path)?);
    io::copy(&mut reader, &mut io::sink())?;
    Ok(reader)
}

pub fn follow_into(
    mut source: impl BufRead,
    mut idle: impl FnMut() -> ControlFlow<()>,
    mut grepper: impl FnMut(&str),
) -> io::Result<()> {
    let mut line = Vec::new();
    loop {
        for byte in source.by_ref().bytes() {
            match byte? {
                b'\n' => {
                    let text =
                        String::from_utf8(line).map_err(|error| io::Error::new(ErrorKind::InvalidData, error))?;
                    grepper(text.strip_suffix('\r').unwrap_or(&text));
                    line = Vec::new();
                }
                byte => line.push(byte),
            }
        }
        if idle().is_break() {
            break Ok(());
        }
    }
}
