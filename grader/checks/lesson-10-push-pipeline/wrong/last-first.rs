//! fails: order, many, leaves, leave-together, last-one, two, any-item
//! breaks: order
//! en: You walk the list from its end, so that removals don't disturb the walk, and the last target is served first.
//! The slide's `for t in targets` begins at the front.
//! ru: Вы идёте по списку с конца, чтобы удаление не мешало обходу, и последний получатель обслужен первым. `for t in
//! targets` на слайде начинает с начала.

use std::io::{self, BufRead};
use std::ops::ControlFlow;

pub trait Sink<T> {
    fn send(&mut self, item: T) -> ControlFlow<()>;
}

pub struct Printer;

impl Sink<String> for Printer {
    fn send(&mut self, line: String) -> ControlFlow<()> {
        print!("{line}");
        ControlFlow::Continue(())
    }
}

pub fn printer() -> Printer {
    Printer
}

pub struct Broadcast<'a, T> {
    targets: Vec<&'a mut dyn Sink<T>>,
}

impl<T: Clone> Sink<T> for Broadcast<'_, T> {
    fn send(&mut self, item: T) -> ControlFlow<()> {
        for i in (0..self.targets.len()).rev() {
            if self.targets[i].send(item.clone()).is_break() {
                self.targets.remove(i);
            }
        }
        if self.targets.is_empty() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

pub fn broadcast<T: Clone>(targets: Vec<&mut dyn Sink<T>>) -> Broadcast<'_, T> {
    Broadcast { targets }
}

pub fn follow(
    mut source: impl BufRead,
    mut idle: impl FnMut() -> ControlFlow<()>,
    target: &mut dyn Sink<String>,
) -> io::Result<()> {
    let mut line = String::new();
    loop {
        source.read_line(&mut line)?;
        let flow = if line.ends_with('\n') { target.send(std::mem::take(&mut line)) } else { idle() };
        if flow.is_break() {
            return Ok(());
        }
    }
}
