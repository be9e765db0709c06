//! fails: slide, prints
//! breaks: quiet-start, prints-as-sent
//! en: Your printer uses up its first item to get started. In Python that is the `next(g)` of `@coroutine`, and it
//! carries nothing. Here the constructor has done it: the first `send` already brings a line to print.
//! ru: Первую строку ваш `printer` тратит на запуск. В Python это `next(g)` внутри `@coroutine`, и он ничего не
//! несёт. Здесь эту работу сделал конструктор: уже первый `send` приносит строку, которую надо напечатать.

use std::io::{self, BufRead};
use std::ops::ControlFlow;

pub trait Sink<T> {
    fn send(&mut self, item: T) -> ControlFlow<()>;
}

pub struct Printer {
    primed: bool,
}

impl Sink<String> for Printer {
    fn send(&mut self, line: String) -> ControlFlow<()> {
        if self.primed {
            print!("{line}");
        }
        self.primed = true;
        ControlFlow::Continue(())
    }
}

pub fn printer() -> Printer {
    Printer { primed: false }
}

pub struct Broadcast<'a, T> {
    targets: Vec<&'a mut dyn Sink<T>>,
}

impl<T: Clone> Sink<T> for Broadcast<'_, T> {
    fn send(&mut self, item: T) -> ControlFlow<()> {
        self.targets.retain_mut(|target| target.send(item.clone()).is_continue());
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
