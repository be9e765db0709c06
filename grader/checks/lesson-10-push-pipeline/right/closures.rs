//! en: A sink is a closure: what a coroutine keeps in its local variables, a closure keeps in what it captures.
//! ru: Получатель — это замыкание: что корутина держит в локальных переменных, то замыкание держит в захваченных.

use std::io::{self, BufRead};
use std::ops::ControlFlow;

pub trait Sink<T> {
    fn send(&mut self, item: T) -> ControlFlow<()>;
}

struct FromFn<F>(F);

impl<T, F: FnMut(T) -> ControlFlow<()>> Sink<T> for FromFn<F> {
    fn send(&mut self, item: T) -> ControlFlow<()> {
        (self.0)(item)
    }
}

pub fn printer() -> impl Sink<String> {
    FromFn(|line: String| {
        print!("{line}");
        ControlFlow::Continue(())
    })
}

pub fn broadcast<T: Clone>(mut targets: Vec<&mut dyn Sink<T>>) -> impl Sink<T> {
    FromFn(move |item: T| {
        targets = targets.drain(..).filter_map(|it| it.send(item.clone()).is_continue().then_some(it)).collect();
        if targets.is_empty() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })
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
