//! A pushed pipeline: each stage has a `send`, keeps what it needs in its fields, and says when it has had enough.

use std::io::{self, BufRead};
use std::mem::take;
use std::ops::ControlFlow;

/// What a pipeline can be pushed into: the slide's coroutine that waits at `item = yield`.
pub trait Sink<T> {
    /// Takes one item: the slide's `target.send(item)`. After `Break` there must be no other.
    fn send(&mut self, item: T) -> ControlFlow<()>;
}

/// The slide's `printer`, waiting at its `yield`.
pub struct Printer;

/// Makes a printer; it prints nothing before the first `send`.
pub fn printer() -> Printer {
    Printer
}

impl Sink<String> for Printer {
    fn send(&mut self, line: String) -> ControlFlow<()> {
        print!("{line}");
        ControlFlow::Continue(())
    }
}

/// The slide's `broadcast`, waiting at its `yield`. It holds the targets that want more.
pub struct Broadcast<'a, T> {
    targets: Vec<&'a mut dyn Sink<T>>,
}

/// Makes a broadcast to these targets: none, one, or many, of any types, other broadcasts among them.
pub fn broadcast<T: Clone>(targets: Vec<&mut dyn Sink<T>>) -> Broadcast<'_, T> {
    Broadcast { targets }
}

impl<T: Clone> Sink<T> for Broadcast<'_, T> {
    fn send(&mut self, item: T) -> ControlFlow<()> {
        self.targets.retain_mut(|target| target.send(item.clone()).is_continue());
        if self.targets.is_empty() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

/// Reads the source line by line, and sends each whole line, with the `\n` that ends it, to the target.
///
/// Asks `idle` whether to go on whenever the source is at its end. Ends when `idle` or the target breaks.
///
/// # Errors
///
/// Fails when the source does.
pub fn follow(
    mut source: impl BufRead,
    mut idle: impl FnMut() -> ControlFlow<()>,
    target: &mut dyn Sink<String>,
) -> io::Result<()> {
    let mut line = String::new();
    loop {
        source.read_line(&mut line)?;
        let flow = if line.ends_with('\n') { target.send(take(&mut line)) } else { idle() };
        if flow.is_break() {
            return Ok(());
        }
    }
}
