//! fails: last-one, stops, two
//! breaks: breaks-with-the-last
//! en: You look for the end only where a target leaves, so a broadcast that never had one says `Continue` for ever,
//! and `follow` reads on for nobody. After each item ask one question: is anyone left?
//! ru: О конце вы думаете только там, где уходит получатель, поэтому `broadcast` с пустым списком вечно отвечает
//! `Continue`, и `follow` читает ни для кого. После каждой строки задавайте один вопрос: остался ли кто-нибудь?

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
        let mut i = 0;
        while i < self.targets.len() {
            if self.targets[i].send(item.clone()).is_continue() {
                i += 1;
                continue;
            }
            self.targets.remove(i);
            if self.targets.is_empty() {
                return ControlFlow::Break(());
            }
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
