//! What a run says of itself, in its place among what the student's code prints.

use crate::wire::{self, Kind, MARK_SIGN};
use std::io::Write as _;
use std::sync::OnceLock;

static NONCE: OnceLock<String> = OnceLock::new();

/// Says that the check is known and comes next. From here on words are framed.
///
/// It is the first that a run prints, before any of the student's code: an exit code without it is the probe's own.
pub(crate) fn begin(nonce: String) {
    NONCE.set(nonce).expect("a probe runs one check");
    say(Kind::Begin, "");
}

/// Prints one mark; [`mark!`](crate::mark) formats it. Outside of a probe's run it prints a plain line.
pub fn mark_line(text: &str) {
    say(Kind::Mark, &wire::escaped(text));
}

/// What an exploration tells, as it is: it has no frame's end in it.
pub(crate) fn told(text: &str) {
    say(Kind::Mark, text);
}

pub(crate) fn panicked(message: &str, location: &str) {
    say(Kind::Panicked, &wire::panicked(message, location));
}

pub(crate) fn end() {
    say(Kind::End, "");
}

fn say(kind: Kind, text: &str) {
    let words = match NONCE.get() {
        Some(nonce) => wire::frame(nonce, kind, text.as_bytes()),
        None => format!("{MARK_SIGN}{text}\n").into_bytes(),
    };
    let mut out = std::io::stdout().lock();
    // Whether the pipe is still there is the grader's affair: a probe has nobody to tell.
    let _ = out.write_all(&words).and_then(|()| out.flush());
}
