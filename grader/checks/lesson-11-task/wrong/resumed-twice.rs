//! fails: slide, lazy, sendval, letter-boxes, steps, called, queue, drops, borrowed
//! breaks: one-step-a-run
//! en: Your `run` looks first whether the coroutine is over, and looking means to resume it: each run takes two
//! steps. A coroutine can't be asked; resume it once, and what it returns says how it stands.
//! ru: Ваш `run` сначала проверяет, не кончилась ли корутина, а проверить — значит возобновить: каждый запуск делает
//! два шага. Спросить корутину нельзя; возобновите её один раз, и ответ сам скажет, на чём она стоит.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<Y, R> {
    Yielded(Y),
    Complete(R),
}

pub trait Coroutine<In> {
    type Yield;
    type Return;

    fn resume(&mut self, input: In) -> Step<Self::Yield, Self::Return>;
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TaskId(pub u64);

#[derive(Default)]
pub struct TaskIds {
    last: u64,
}

impl TaskIds {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn next_id(&mut self) -> TaskId {
        self.last += 1;
        TaskId(self.last)
    }
}

pub struct Task<C, In> {
    pub tid: TaskId,
    pub sendval: Option<In>,
    target: C,
}

impl<C: Coroutine<Option<In>>, In> Task<C, In> {
    pub fn new(tid: TaskId, target: C) -> Self {
        Task { tid, sendval: None, target }
    }

    pub fn run(&mut self) -> Step<C::Yield, C::Return> {
        match self.target.resume(self.sendval.take()) {
            Step::Complete(result) => Step::Complete(result),
            Step::Yielded(_) => self.target.resume(None),
        }
    }
}

pub struct Foo {
    i: u32,
    n: u32,
}

pub fn foo(n: u32) -> Foo {
    Foo { i: 0, n }
}

impl Coroutine<Option<()>> for Foo {
    type Yield = ();
    type Return = ();

    fn resume(&mut self, _sent: Option<()>) -> Step<(), ()> {
        if self.i == self.n {
            return Step::Complete(());
        }
        println!("{}", self.i);
        self.i += 1;
        Step::Yielded(())
    }
}
