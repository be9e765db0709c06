//! fails: leaves, leave-together
//! breaks: others-stay
//! en: `swap_remove` is quick because it fills the hole with the last target, and from then on the order is another.
//! `remove` keeps it, and so does `retain_mut`.
//! ru: `swap_remove` быстр потому, что затыкает дыру последним получателем, и порядок с этого мига другой. `remove`
//! его сохраняет, и `retain_mut` тоже.

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
        let mut i = 0;
        let mut left = self.targets.len();
        while left > 0 {
            left -= 1;
            if self.targets[i].send(item.clone()).is_break() {
                self.targets.swap_remove(i);
            } else {
                i += 1;
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
