//! fails: sendval, letter-boxes, steps, drops
//! breaks: delivered-once
//! en: The first run always sends `None`, and keeps the value for the second. A task doesn't decide that for its
//! coroutine: what is in `sendval` goes with this run, the first one as well.
//! ru: Первый запуск у вас всегда отправляет `None`, а значение придерживает до второго. Решать это за корутину — не
//! дело задачи: что лежит в `sendval`, уходит с этим же запуском, и с первым тоже.

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
    started: bool,
}

impl<C: Coroutine<Option<In>>, In> Task<C, In> {
    pub fn new(tid: TaskId, target: C) -> Self {
        Task { tid, sendval: None, target, started: false }
    }

    pub fn run(&mut self) -> Step<C::Yield, C::Return> {
        if self.started {
            return self.target.resume(self.sendval.take());
        }
        self.started = true;
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
