//! en: Reads bytes up to the line end and turns them into text once the line is whole; a printer prints whatever can
//! be displayed.
//! ru: Читает байты до конца строки и превращает в текст, когда строка целая; `printer` печатает всё, что можно
//! показать.

use std::io::{self, BufRead};
use std::ops::ControlFlow;

pub trait Sink<T> {
    fn send(&mut self, item: T) -> ControlFlow<()>;
}

pub struct Printer;

impl<T: std::fmt::Display> Sink<T> for Printer {
    fn send(&mut self, line: T) -> ControlFlow<()> {
        use std::io::Write;
        let _ = write!(io::stdout().lock(), "{line}");
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
    let mut line = Vec::new();
    loop {
        source.read_until(b'\n', &mut line)?;
        if !line.ends_with(b"\n") {
            if idle().is_break() {
                break;
            }
            continue;
        }
        let text = String::from_utf8(std::mem::take(&mut line)).map_err(io::Error::other)?;
        if target.send(text).is_break() {
            break;
        }
    }
    Ok(())
}
