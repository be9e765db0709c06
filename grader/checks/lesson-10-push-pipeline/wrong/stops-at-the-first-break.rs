//! fails: leaves, leave-together, last-one, stops, two
//! breaks: others-stay
//! en: The `?` leaves `send` at the first target that breaks: those after it miss this item, and your caller is told
//! that all is over. That is how Python's pipeline dies. Here only that one target goes.
//! ru: `?` выходит из `send` на первом же ответе `Break`: следующие получатели этой строки не увидят, а вызывающему
//! коду сказано, что всё кончено. Так гибнет конвейер в Python. Здесь уходит только один этот получатель.

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
            target.send(item.clone())?;
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
        let flow = if line.ends_with('\n') { target.send(std::mem::take(&mut line)) } else { idle() };
        if flow.is_break() {
            return Ok(());
        }
    }
}
