//! fails: whole-lines, stops, idle-breaks, source-fails, two
//! breaks: line-when-whole, target-breaks
//! en: You read all there is and then send it line by line. A target that breaks at once has still cost the whole
//! file, and of an endless source nothing would ever be sent. Read a line, send it, and only then read the next.
//! ru: Вы читаете всё, что есть, и потом рассылаете построчно. Получатель, которому хватило первой же строки, всё
//! равно стоил целого файла, а из бесконечного источника не ушло бы ничего. Прочитайте строку, отправьте и лишь потом
//! читайте следующую.

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
    let mut text = String::new();
    loop {
        source.read_to_string(&mut text)?;
        while let Some(end) = text.find('\n') {
            let line: String = text.drain(..=end).collect();
            if target.send(line).is_break() {
                return Ok(());
            }
        }
        if idle().is_break() {
            return Ok(());
        }
    }
}
