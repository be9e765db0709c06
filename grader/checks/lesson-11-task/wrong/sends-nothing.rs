//! fails: sendval, letter-boxes, steps, drops, borrowed
//! breaks: delivered-once
//! en: Your `run` always resumes with `None`, so nothing that is put into `sendval` arrives. The slide's line is
//! `send(self.sendval)`, not `next(self.target)`.
//! ru: Ваш `run` всегда возобновляет корутину с `None`, и ничего из положенного в `sendval` не доходит. На слайде
//! стоит `send(self.sendval)`, а не `next(self.target)`.

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
        self.target.resume(None)
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
