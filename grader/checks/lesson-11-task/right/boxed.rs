//! en: The task hides the type of its coroutine in a `Box<dyn Coroutine<…> + 'a>`, so tasks of different coroutines
//! fit into one queue.
//! ru: Задача прячет тип своей корутины в `Box<dyn Coroutine<…> + 'a>`, и в одну очередь встанут задачи с разными
//! корутинами.

use std::ops::RangeFrom;

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

pub struct TaskIds(RangeFrom<u64>);

impl TaskIds {
    pub fn new() -> Self {
        TaskIds(1..)
    }

    pub fn next_id(&mut self) -> TaskId {
        TaskId(self.0.next().expect("a range without an end"))
    }
}

pub struct Task<'a, In, Y, R> {
    pub tid: TaskId,
    pub sendval: Option<In>,
    target: Box<dyn Coroutine<Option<In>, Yield = Y, Return = R> + 'a>,
}

impl<'a, In, Y, R> Task<'a, In, Y, R> {
    pub fn new(tid: TaskId, target: impl Coroutine<Option<In>, Yield = Y, Return = R> + 'a) -> Self {
        Task { tid, sendval: None, target: Box::new(target) }
    }

    pub fn run(&mut self) -> Step<Y, R> {
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
