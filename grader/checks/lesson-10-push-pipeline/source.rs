//! A source that says how it is read, and fails or ends where a check wants it to.

use probe::mark;
use std::collections::VecDeque;
use std::io::{self, BufRead, Read};

/// What a source gives at one read.
pub enum Piece {
    Text(String),
    End,
    Fails(io::Error),
}

/// What a source fails with.
#[derive(Debug)]
pub struct Broken(pub String);

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Broken {}

/// A source that follows a script, and says when it is read. After the script it is at its end, each time.
#[derive(Default)]
pub struct Source {
    pub script: VecDeque<Piece>,
    pub given: Vec<u8>,
}

impl Source {
    pub fn of(script: impl IntoIterator<Item = Piece>) -> Self {
        Source { script: script.into_iter().collect(), given: Vec::new() }
    }
}

impl BufRead for Source {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.given.is_empty() {
            match self.script.pop_front().unwrap_or(Piece::End) {
                Piece::Text(text) => {
                    match text.len() {
                        0..=200 => mark!("the source gives {text:?}"),
                        bytes => mark!("the source gives {bytes} bytes"),
                    }
                    self.given = text.into_bytes();
                }
                Piece::End => mark!("the source is at its end"),
                Piece::Fails(error) => {
                    mark!("the source fails");
                    return Err(error);
                }
            }
        }
        Ok(&self.given)
    }

    fn consume(&mut self, n: usize) {
        self.given.drain(..n);
    }
}

impl Read for Source {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(into)?;
        self.consume(n);
        Ok(n)
    }
}
