//! en: A slot for each target, emptied when it breaks: the list never moves, and nothing is removed from it.
//! ru: У каждого получателя своя ячейка, и после `Break` она пустеет: список не сдвигается, и из него ничего не
//! удаляют.

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
    slots: Vec<Option<&'a mut dyn Sink<T>>>,
}

impl<T: Clone> Sink<T> for Broadcast<'_, T> {
    fn send(&mut self, item: T) -> ControlFlow<()> {
        let mut anyone = false;
        for slot in &mut self.slots {
            let Some(target) = slot else { continue };
            match target.send(item.clone()) {
                ControlFlow::Continue(()) => anyone = true,
                ControlFlow::Break(()) => *slot = None,
            }
        }
        if anyone { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }
}

pub fn broadcast<T: Clone>(targets: Vec<&mut dyn Sink<T>>) -> Broadcast<'_, T> {
    Broadcast { slots: targets.into_iter().map(Some).collect() }
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
