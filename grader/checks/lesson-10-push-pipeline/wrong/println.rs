//! fails: slide, prints
//! breaks: prints-as-sent
//! en: The line already ends in `\n`, and `println!` adds another. The slide says `end=''` for that reason: `print!`.
//! ru: Строка уже кончается на `\n`, а `println!` добавляет ещё один. Поэтому на слайде стоит `end=''`: вам нужен
//! `print!`.

use std::io::{self, BufRead};
use std::ops::ControlFlow;

pub trait Sink<T> {
    fn send(&mut self, item: T) -> ControlFlow<()>;
}

pub struct Printer;

impl Sink<String> for Printer {
    fn send(&mut self, line: String) -> ControlFlow<()> {
        println!("{line}");
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
    let mut line = String::new();
    loop {
        source.read_line(&mut line)?;
        let flow = if line.ends_with('\n') { target.send(std::mem::take(&mut line)) } else { idle() };
        if flow.is_break() {
            return Ok(());
        }
    }
}
