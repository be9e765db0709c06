//! Lesson 11: a task, which is a coroutine with a name and a letter box.
//!
//! You build `Task`, what a scheduler keeps in its queue, `TaskIds`, who numbers the tasks of one scheduler, and the
//! slide's coroutine `foo`. `src/main.rs` is the slide's program.

#![allow(dead_code, unused_variables)] // this line can go when everything below is used

use std::marker::PhantomData;

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
    // TODO: what must an owner remember?
}

impl TaskIds {
    /// A numbering of its own, which begins at 1 whatever others there are.
    pub fn new() -> Self {
        todo!()
    }

    /// The next number.
    pub fn next_id(&mut self) -> TaskId {
        todo!()
    }
}

/// A coroutine that somebody else will run: what a scheduler's queue is made of.
pub struct Task<C, In> {
    /// What the task is called by.
    pub tid: TaskId,
    /// What the next `run` will send; `None` is Python's `None`, and sends nothing.
    pub sendval: Option<In>,
    // TODO: the coroutine itself; then this line can go, which only stands in for it.
    target: PhantomData<C>,
}

impl<C: Coroutine<Option<In>>, In> Task<C, In> {
    /// Makes a task of a coroutine, and runs nothing of it. There is nothing to send yet.
    pub fn new(tid: TaskId, target: C) -> Self {
        todo!()
    }

    /// Resumes the coroutine once, the first time as any other, and says how it gave control back.
    ///
    /// The coroutine is sent what `sendval` holds, and `sendval` is `None` after that: nothing is delivered twice.
    pub fn run(&mut self) -> Step<C::Yield, C::Return> {
        todo!()
    }
}

/// The slide's coroutine, stopped at its start or at a `yield`.
pub struct Foo {
    // TODO: what does `for i in range(n)` remember from one `yield` to the next?
}

impl Coroutine<Option<()>> for Foo {
    type Yield = ();
    type Return = ();

    /// Prints the next number and yields; when there is none left, prints nothing and completes.
    fn resume(&mut self, _sent: Option<()>) -> Step<(), ()> {
        todo!()
    }
}

/// A coroutine that prints the numbers below `n`, one a line, with a `yield` after each. The call prints nothing.
///
/// It takes no notice of what it is sent.
pub fn foo(n: u32) -> Foo {
    todo!()
}
