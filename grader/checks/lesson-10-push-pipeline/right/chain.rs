//! en: Not a list but a chain: a first target and all that is behind it. The last one takes the item itself, without
//! a clone.
//! ru: Не список, а цепочка: первый получатель и всё, что за ним. Последнему достаётся сама посылка, без клона.

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

pub enum Broadcast<'a, T> {
    Nobody,
    First { target: &'a mut dyn Sink<T>, behind: Box<Broadcast<'a, T>> },
}

impl<T: Clone> Sink<T> for Broadcast<'_, T> {
    fn send(&mut self, item: T) -> ControlFlow<()> {
        let Broadcast::First { target, behind } = self else { return ControlFlow::Break(()) };
        if matches!(**behind, Broadcast::Nobody) {
            let flow = target.send(item);
            if flow.is_break() {
                *self = Broadcast::Nobody;
            }
            return flow;
        }
        let here = target.send(item.clone());
        let there = behind.send(item);
        if here.is_break() {
            *self = std::mem::replace(&mut **behind, Broadcast::Nobody);
            return there;
        }
        here
    }
}

pub fn broadcast<T: Clone>(targets: Vec<&mut dyn Sink<T>>) -> Broadcast<'_, T> {
    targets.into_iter().rfold(Broadcast::Nobody, |behind, target| Broadcast::First { target, behind: Box::new(behind) })
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
