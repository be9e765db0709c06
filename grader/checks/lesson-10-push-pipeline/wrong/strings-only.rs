//! fails: many, any-item
//! breaks: any-item
//! en: Your broadcast carries strings and nothing else. All that it does with an item is to clone it: say just that,
//! `T: Clone`, and it carries anything, a shared `Rc<str>` as well.
//! ru: Ваш `broadcast` возит строки, и только их. А делает он с посылкой лишь одно — клонирует: так и скажите, `T:
//! Clone`, и он повезёт что угодно, в том числе общий `Rc<str>`.

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

pub struct Broadcast<'a> {
    targets: Vec<&'a mut dyn Sink<String>>,
}

impl Sink<String> for Broadcast<'_> {
    fn send(&mut self, item: String) -> ControlFlow<()> {
        self.targets.retain_mut(|target| target.send(item.clone()).is_continue());
        if self.targets.is_empty() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

pub fn broadcast(targets: Vec<&mut dyn Sink<String>>) -> Broadcast<'_> {
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
