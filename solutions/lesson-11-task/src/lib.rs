//! A task: a coroutine with a number, and a place for what it is to be sent. It owns its coroutine; nobody else has it.

use std::ops::Range;

/// How a coroutine gives control back.
#[derive(Debug, PartialEq, Eq)]
pub enum Step<Y, R> {
    /// It stands at a `yield`, and can go on.
    Yielded(Y),
    /// It has returned, and must not be resumed again.
    Complete(R),
}

/// A function that can stop half way.
pub trait Coroutine<In> {
    /// What `yield` hands out.
    type Yield;
    /// What `return` hands out.
    type Return;

    /// Goes on to the next `yield` or to the end; `input` is what the `yield` that it stood at returns.
    fn resume(&mut self, input: In) -> Step<Self::Yield, Self::Return>;
}

/// The number of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TaskId(pub u64);

/// Numbers the tasks of one owner: 1, 2, 3, and so on.
#[derive(Default)]
pub struct TaskIds {
    last: u64,
}

impl TaskIds {
    /// A numbering of its own, which begins at 1 whatever others there are.
    pub fn new() -> Self {
        Self::default()
    }

    /// The next number.
    pub fn next_id(&mut self) -> TaskId {
        self.last += 1;
        TaskId(self.last)
    }
}

/// A coroutine that somebody else will run: what a scheduler's queue is made of.
pub struct Task<C, In> {
    /// What the task is called by.
    pub tid: TaskId,
    /// What the next `run` will send; `None` sends nothing.
    pub sendval: Option<In>,
    target: C,
}

impl<C: Coroutine<Option<In>>, In> Task<C, In> {
    /// Makes a task of a coroutine, and runs nothing of it.
    pub fn new(tid: TaskId, target: C) -> Self {
        Task { tid, sendval: None, target }
    }

    /// Resumes the coroutine once, with what `sendval` holds, and leaves `None` there: nothing is delivered twice.
    pub fn run(&mut self) -> Step<C::Yield, C::Return> {
        self.target.resume(self.sendval.take())
    }
}

/// The slide's coroutine. All that it remembers between two resumptions is the rest of its range.
pub struct Foo {
    rest: Range<u32>,
}

/// A coroutine that prints the numbers below `n`, one a line, with a `yield` after each.
pub fn foo(n: u32) -> Foo {
    Foo { rest: 0..n }
}

impl Coroutine<Option<()>> for Foo {
    type Yield = ();
    type Return = ();

    fn resume(&mut self, _sent: Option<()>) -> Step<(), ()> {
        let Some(i) = self.rest.next() else { return Step::Complete(()) };
        println!("{i}");
        Step::Yielded(())
    }
}
