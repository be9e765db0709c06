//! fails: order, many, leaves, leave-together, last-one, stops, two, any-item, targets
//! breaks: lent
//! en: With `S: Sink<…>` all targets of a broadcast are of one type, which the compiler fixes at the call: two
//! printers will do, a printer and a broadcast won't. A list of different types is a list of `&mut dyn Sink<…>`.
//! ru: С `S: Sink<…>` у всех получателей один тип, и компилятор выбирает его при вызове: два `printer` подойдут,
//! `printer` и `broadcast` — уже нет. Список из разных типов — это список `&mut dyn Sink<…>`.

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

pub struct Broadcast<'a, S> {
    targets: Vec<&'a mut S>,
}

impl<T: Clone, S: Sink<T>> Sink<T> for Broadcast<'_, S> {
    fn send(&mut self, item: T) -> ControlFlow<()> {
        self.targets.retain_mut(|target| target.send(item.clone()).is_continue());
        if self.targets.is_empty() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

pub fn broadcast<S>(targets: Vec<&mut S>) -> Broadcast<'_, S> {
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
