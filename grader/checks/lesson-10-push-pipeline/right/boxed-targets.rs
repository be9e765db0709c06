//! en: Owns its targets: each borrowed one goes into a box, as a Python list would hold it, and what comes back is a
//! box as well.
//! ru: Владеет получателями: каждый одолженный кладётся в `Box`, как лежал бы в списке Python, и возвращается тоже
//! `Box`.

use std::io::{self, BufRead};
use std::ops::ControlFlow;

pub trait Sink<T> {
    fn send(&mut self, item: T) -> ControlFlow<()>;
}

impl<T, S: Sink<T> + ?Sized> Sink<T> for &mut S {
    fn send(&mut self, item: T) -> ControlFlow<()> {
        (**self).send(item)
    }
}

impl<T, S: Sink<T> + ?Sized> Sink<T> for Box<S> {
    fn send(&mut self, item: T) -> ControlFlow<()> {
        (**self).send(item)
    }
}

struct Printer;

impl Sink<String> for Printer {
    fn send(&mut self, line: String) -> ControlFlow<()> {
        print!("{line}");
        ControlFlow::Continue(())
    }
}

pub fn printer() -> Box<dyn Sink<String>> {
    Box::new(Printer)
}

struct Broadcast<'a, T> {
    targets: Vec<Box<dyn Sink<T> + 'a>>,
}

impl<T: Clone> Sink<T> for Broadcast<'_, T> {
    fn send(&mut self, item: T) -> ControlFlow<()> {
        for mut target in std::mem::take(&mut self.targets) {
            if target.send(item.clone()).is_continue() {
                self.targets.push(target);
            }
        }
        match self.targets.len() {
            0 => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        }
    }
}

pub fn broadcast<'a, T: Clone + 'a>(targets: Vec<&'a mut dyn Sink<T>>) -> Box<dyn Sink<T> + 'a> {
    let boxed = |target: &'a mut dyn Sink<T>| -> Box<dyn Sink<T> + 'a> { Box::new(target) };
    Box::new(Broadcast { targets: targets.into_iter().map(boxed).collect() })
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
