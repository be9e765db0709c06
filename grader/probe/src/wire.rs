//! How a probe's marks travel among the student's own output.
//!
//! A mark is a frame `STX nonce kind text ETX` in standard output, so that it keeps its place between the lines
//! that the student prints. The nonce is new for each run: a printed look-alike stays ordinary text.
//! `grader::transcript` reads what is written here.

use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::OnceLock;

static NONCE: OnceLock<String> = OnceLock::new();

pub(crate) fn start(nonce: String) {
    NONCE.set(nonce).expect("a probe runs one check");
}

/// Prints one mark; [`mark!`](crate::mark) formats it. Outside of a probe's run it prints a plain line.
pub fn mark_line(text: &str) {
    frame('m', &escaped(text));
}

pub(crate) fn panicked(message: &str, location: &str) {
    frame('p', &format!("{}\u{1f}{}", escaped(message), escaped(location)));
}

pub(crate) fn end() {
    frame('e', "");
}

fn frame(kind: char, text: &str) {
    let mut out = std::io::stdout().lock();
    // Whether the pipe is still there is the grader's affair: a probe has nobody to tell.
    let _ = match NONCE.get() {
        Some(nonce) => write!(out, "\u{2}{nonce}{kind}{text}\u{3}"),
        None => writeln!(out, "» {text}"),
    };
    let _ = out.flush();
}

fn escaped(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() {
            let _ = write!(line, "{}", c.escape_default());
        } else {
            line.push(c);
        }
    }
    line
}

/// Marks `dropped NAME` when it is dropped: put it where the student's code should let go of something.
pub struct OnDrop(String);

impl OnDrop {
    /// A value whose drop will be seen under this name.
    pub fn named(name: &str) -> Self {
        OnDrop(name.to_owned())
    }
}

impl Drop for OnDrop {
    fn drop(&mut self) {
        mark_line(&format!("dropped {}", self.0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_one_line_whatever_is_in_it() {
        assert_eq!(escaped("a\nb\u{3}c\u{1b}[0m «Ж»"), "a\\nb\\u{3}c\\u{1b}[0m «Ж»");
    }
}
