//! Lesson 10: a pipeline that is pushed.
//!
//! You build three parts: `printer`, which prints what it is sent; `broadcast`, which hands each item on to all of its
//! targets; and `follow`, which reads lines and pushes them in. `src/main.rs` is the slide's program.

#![allow(dead_code, unused_variables)] // this line can go when everything below is used

use std::io::{self, BufRead};
use std::ops::ControlFlow;

/// What a pipeline can be pushed into: the slide's coroutine that waits at `item = yield`.
///
/// `send` takes one item, and returns at the next `yield`: `Continue(())`. When there is no next `yield`, it returns
/// `Break(())`: this item was still taken, and there must be no other.
pub trait Sink<T> {
    /// Takes one item: the slide's `target.send(item)`.
    fn send(&mut self, item: T) -> ControlFlow<()>;
}

/// The slide's `printer`, waiting at its `yield`.
pub struct Printer;

impl Sink<String> for Printer {
    /// Prints the text as it is, and always wants more.
    fn send(&mut self, line: String) -> ControlFlow<()> {
        // TODO: the slide's `print(line, end='')`; and then back to its `yield`.
        todo!()
    }
}

/// Makes a printer; it prints nothing before the first `send`, and that first item is printed as well.
pub fn printer() -> Printer {
    todo!()
}

/// The slide's `broadcast`, waiting at its `yield`.
pub struct Broadcast<'a, T> {
    // TODO: which targets belong here after one of them has had enough?
    targets: Vec<&'a mut dyn Sink<T>>,
}

impl<T: Clone> Sink<T> for Broadcast<'_, T> {
    /// Sends the item to each target that is left, in the order of the list, and lets go of those that break.
    ///
    /// Breaks if no target is left after that.
    fn send(&mut self, item: T) -> ControlFlow<()> {
        todo!()
    }
}

/// Makes a broadcast to these targets: none, one, or many, of any types, other broadcasts among them.
pub fn broadcast<T: Clone>(targets: Vec<&mut dyn Sink<T>>) -> Broadcast<'_, T> {
    todo!()
}

/// Reads the source line by line, and sends each line, with the `\n` that ends it, to the target.
///
/// A line is sent when its `\n` has been read, not before. At the end of the source, and only there, `idle` is called,
/// once for each such end: after `Continue` the source may have grown, after `Break` all is over, and a line that is
/// not whole is nobody's. Ends as well when the target breaks; nothing past the line that it was sent is read then.
///
/// # Errors
///
/// Fails when the source does.
pub fn follow(
    source: impl BufRead,
    idle: impl FnMut() -> ControlFlow<()>,
    target: &mut dyn Sink<String>,
) -> io::Result<()> {
    // TODO: a line may come in pieces. Where do you keep the first one while you are idle?
    todo!()
}
