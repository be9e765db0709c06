//! fails: whole-lines, long, stops, idle-breaks, source-fails, two
//! breaks: idle-at-ends
//! en: `idle` is the slide's `sleep`, and it stands in the branch for the end of the file. You call it after each
//! line, so a full log is read at a crawl. While there is a line, send it; be idle only when there is none.
//! ru: `idle` — это `sleep` со слайда, и стоит он в ветви «файл кончился». Вы зовёте его после каждой строки, и
//! полный журнал читается еле-еле. Пока строки есть, отправляйте; бездельничать пора, только когда их нет.

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
        if line.ends_with('\n') && target.send(std::mem::take(&mut line)).is_break() {
            return Ok(());
        }
        if idle().is_break() {
            return Ok(());
        }
    }
}
