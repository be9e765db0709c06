//! fails: last-one, two
//! breaks: breaks-with-the-last
//! en: You look whether anyone is left *before* you send, so the `Break` comes one item late: with nobody left,
//! `follow` still waits for a line that it throws away. Look after the loop.
//! ru: Остался ли кто-нибудь, вы проверяете *до* рассылки, и `Break` опаздывает на одну строку: получателей уже нет,
//! а `follow` ждёт строку, которую выбросит. Проверяйте после цикла.

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
        if self.targets.is_empty() {
            return ControlFlow::Break(());
        }
        self.targets.retain_mut(|target| target.send(item.clone()).is_continue());
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
