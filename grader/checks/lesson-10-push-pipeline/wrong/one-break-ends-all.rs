//! fails: leaves, leave-together, last-one, stops, two
//! breaks: others-stay, breaks-with-the-last
//! en: This item reaches everybody, but then you break because *somebody* broke. The others want more: let go of that
//! one target, and break only when none is left.
//! ru: Эту строку получают все, но потом вы отвечаете `Break`, потому что так ответил *кто-то один*. Остальные хотят
//! ещё: отпустите только его, а `Break` верните, когда не останется никого.

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
        let mut flow = ControlFlow::Continue(());
        for target in &mut self.targets {
            if target.send(item.clone()).is_break() {
                flow = ControlFlow::Break(());
            }
        }
        flow
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
