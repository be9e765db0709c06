//! fails: ids
//! breaks: ids-per-owner
//! en: A `static` is the slide's `Task.taskid`: one counter for the whole process, so the numbers of one scheduler
//! have gaps where another took its own. Keep the counter in `TaskIds`, and each owner begins at 1.
//! ru: `static` — это `Task.taskid` со слайда: один счётчик на весь процесс, и в номерах одного планировщика дыры
//! там, где брал свои другой. Держите счётчик в самом `TaskIds`, и каждый владелец начнёт с 1.

use std::sync::atomic::{AtomicU64, Ordering};

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

static LAST: AtomicU64 = AtomicU64::new(0);

pub struct TaskIds;

impl TaskIds {
    pub fn new() -> Self {
        TaskIds
    }

    pub fn next_id(&mut self) -> TaskId {
        TaskId(LAST.fetch_add(1, Ordering::Relaxed) + 1)
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
        self.target.resume(self.sendval.take())
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
