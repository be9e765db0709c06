//! fails: leaves, leave-together, last-one, stops, two
//! breaks: break-is-final, breaks-with-the-last, target-breaks
//! en: You throw away what `send` returns, so a target that has had enough is sent the next item all the same.
//! `Break` is its last word: broadcast lets go of it, and `follow` returns.
//! ru: Вы выбрасываете то, что вернул `send`, и получатель, которому хватит, всё равно получает следующую строку.
//! `Break` — его последнее слово: `broadcast` его отпускает, а `follow` возвращается.

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
        for target in &mut self.targets {
            let _ = target.send(item.clone());
        }
        ControlFlow::Continue(())
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
        if line.ends_with('\n') {
            let _ = target.send(std::mem::take(&mut line));
        } else if idle().is_break() {
            return Ok(());
        }
    }
}
