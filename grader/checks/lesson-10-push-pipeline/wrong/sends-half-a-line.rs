//! fails: whole-lines, long, stops, idle-breaks, source-fails, two
//! breaks: line-when-whole, idle-breaks
//! en: At the end of the file `read_line` returns what there is, and half a line goes down the pipeline as if it were
//! a whole one. Python's `readline` does that too. Keep the piece until its `\n` has come.
//! ru: В конце файла `read_line` отдаёт то, что есть, и половина строки уходит в конвейер как целая. Питоновский
//! `readline` поступает так же. Придержите кусок, пока не придёт его `\n`.

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
    loop {
        let mut line = String::new();
        let flow = if source.read_line(&mut line)? > 0 { target.send(line) } else { idle() };
        if flow.is_break() {
            return Ok(());
        }
    }
}
