//! fails: leaves, leave-together, last-one, two
//! breaks: others-stay
//! en: After `remove(i)` the next target stands at `i`, and you go on to `i + 1`: it misses this item. Don't count on
//! after a removal, or let `retain_mut` do the walking.
//! ru: После `remove(i)` на месте `i` стоит уже следующий получатель, а вы идёте к `i + 1`, и эту строку он
//! пропускает. Удалив, не сдвигайтесь, или поручите обход `retain_mut`.

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
        while i < self.targets.len() {
            if self.targets[i].send(item.clone()).is_break() {
                self.targets.remove(i);
            }
            i += 1;
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
