//! fails: slide, order, many, leaves, leave-together, last-one, two, any-item
//! breaks: order
//! en: You collect the items and hand each target its whole list at the end. A pushed pipeline keeps nothing: each
//! item goes to all of the targets before `send` returns, and only then is there a next one.
//! ru: Вы копите строки и в конце отдаёте каждому получателю весь список сразу. Конвейер с проталкиванием ничего не
//! копит: строка доходит до всех получателей раньше, чем вернётся `send`, и лишь потом появляется следующая.

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

pub struct Broadcast<'a, T: Clone> {
    targets: Vec<&'a mut dyn Sink<T>>,
    items: Vec<T>,
}

impl<T: Clone> Sink<T> for Broadcast<'_, T> {
    fn send(&mut self, item: T) -> ControlFlow<()> {
        self.items.push(item);
        if self.targets.is_empty() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

impl<T: Clone> Drop for Broadcast<'_, T> {
    fn drop(&mut self) {
        for target in &mut self.targets {
            for item in &self.items {
                if target.send(item.clone()).is_break() {
                    break;
                }
            }
        }
    }
}

pub fn broadcast<T: Clone>(targets: Vec<&mut dyn Sink<T>>) -> Broadcast<'_, T> {
    Broadcast { targets, items: Vec::new() }
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
