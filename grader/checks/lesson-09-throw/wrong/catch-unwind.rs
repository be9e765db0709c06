//! fails: no-panic
//! breaks: no-other-panic
//! en: You throw by a panic of your own and catch it with `catch_unwind`: it works, but each throw runs the panic
//! hook, which prints to standard error, and a program built with `panic = "abort"` dies of the first one. The error
//! is an argument here: `match` on it.
//! ru: Вы бросаете собственной паникой и ловите её через `catch_unwind`: это работает, но каждый бросок вызывает
//! обработчик паники, который пишет в stderr, а программа, собранная с `panic = "abort"`, погибнет на первом
//! же. Ошибка здесь — аргумент: разберите её через `match`.

use std::mem;
use std::panic::{catch_unwind, panic_any, resume_unwind};

pub enum Step<Y, R> {
    Yielded(Y),
    Complete(R),
}

pub trait Coroutine<In> {
    type Yield;
    type Return;
    fn resume(&mut self, input: In) -> Step<Self::Yield, Self::Return>;
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Thrown {
    ValueError(String),
    Other(String),
}

/// `raise`, wherever there is something to raise.
fn raise(input: Result<(), Thrown>) {
    if let Err(thrown) = input {
        panic_any(thrown);
    }
}

struct Cor {
    n: u32,
    started: bool,
    over: bool,
}

impl Cor {
    fn end(&mut self, value: Result<(), Thrown>) -> Step<u32, Result<(), Thrown>> {
        self.over = true;
        Step::Complete(value)
    }
}

impl Coroutine<Result<(), Thrown>> for Cor {
    type Yield = u32;
    type Return = Result<(), Thrown>;

    fn resume(&mut self, input: Result<(), Thrown>) -> Step<u32, Result<(), Thrown>> {
        assert!(!self.over, "coroutine resumed after completion");
        let within_try = mem::replace(&mut self.started, true);
        match catch_unwind(|| raise(input)) {
            Ok(()) if within_try => self.n -= 1,
            Ok(()) => {}
            Err(payload) => match payload.downcast::<Thrown>().map(|thrown| *thrown) {
                Ok(Thrown::ValueError(_)) if within_try => println!("Поймал!"),
                Ok(uncaught) => return self.end(Err(uncaught)),
                Err(panic) => resume_unwind(panic),
            },
        }
        if self.n > 0 { Step::Yielded(self.n) } else { self.end(Ok(())) }
    }
}

pub fn cor(n: u32) -> impl Coroutine<Result<(), Thrown>, Yield = u32, Return = Result<(), Thrown>> {
    Cor { n, started: false, over: false }
}
