//! A task: a coroutine with a number, and a place for what it is to be sent. It owns its coroutine; nobody else has it.

use std::ops::Range;

/// What a [`Coroutine`] gives to whoever resumed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<Y, R> {
    /// `yield value`: it is suspended, and waits to be resumed.
    Yielded(Y),
    /// `return value`: it is over, and must not be resumed again.
    Complete(R),
}

/// A function that can stop in the middle, and goes on when it is resumed: lesson 08's.
pub trait Coroutine<In> {
    /// What comes out at each `yield`.
    type Yield;
    /// What comes out at the end.
    type Return;

    /// Runs on to the next `yield`, or to the end; `input` is the value of the `yield` at which it stands.
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
