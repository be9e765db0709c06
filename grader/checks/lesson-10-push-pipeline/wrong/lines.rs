//! fails: slide, whole-lines, long, stops, idle-breaks, source-fails, two
//! breaks: idle-at-ends, line-when-whole
//! en: `lines()` is over at the end of the file, so `idle` never gets its turn; what was half written is sent as a
//! line; and the `\n` is cut off. Read with `read_line`: it leaves the `\n`, and `Ok(0)` is only the end *so far*.
//! ru: `lines()` кончается вместе с файлом, и до `idle` очередь не доходит; недописанное отправлено как строка; а
//! `\n` отрезан. Читайте через `read_line`: он оставляет `\n`, и `Ok(0)` у него — конец только *на сейчас*.

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
    source: impl BufRead,
    _idle: impl FnMut() -> ControlFlow<()>,
    target: &mut dyn Sink<String>,
) -> io::Result<()> {
    for line in source.lines() {
        if target.send(line?).is_break() {
            break;
        }
    }
    Ok(())
}
