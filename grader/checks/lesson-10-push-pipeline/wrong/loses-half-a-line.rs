//! fails: whole-lines, long, stops, two
//! breaks: line-when-whole
//! en: Each turn begins with a new, empty `line`, so the piece that was read before `idle` is gone when its rest
//! arrives. Declare `line` above the loop, and empty it only when it has been sent.
//! ru: Каждый оборот начинается с новой пустой `line`, и кусок, прочитанный до `idle`, пропадает раньше, чем придёт
//! его продолжение. Объявите `line` над циклом и опустошайте, только когда она отправлена.

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
    loop {
        let mut line = String::new();
        source.read_line(&mut line)?;
        let flow = if line.ends_with('\n') { target.send(line) } else { idle() };
        if flow.is_break() {
            return Ok(());
        }
    }
}
