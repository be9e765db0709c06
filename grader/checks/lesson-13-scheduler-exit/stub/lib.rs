//! Lesson 13: a scheduler that sees its tasks off.
//!
//! You write `mainloop`, which runs until the last task has ended and says who ended when, and the slide's two tasks,
//! `foo` and `bar`, which do end now. `src/main.rs` is the slide's program.

#![allow(dead_code, unused_variables)] // TODO: remove this line when everything below is used

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

/// The number of a task: 1, 2, 3… in the order in which one scheduler was given its tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(pub u64);

/// Says its line `left` more times: `for i in range(left): print(line); yield`.
struct Says {
    line: &'static str,
    left: u32,
}

impl Coroutine<()> for Says {
    type Yield = ();
    type Return = ();

    fn resume(&mut self, (): ()) -> Step<(), ()> {
        todo!()
    }
}

/// The slide's first task: prints `I'm foo` and yields, `n` times over; the step after that prints nothing and completes.
pub fn foo(n: u32) -> impl Coroutine<(), Yield = (), Return = ()> {
    Says { line: "I'm foo", left: n }
}

/// The slide's second task: prints `I'm bar` and yields, `n` times over; the step after that prints nothing and completes.
pub fn bar(n: u32) -> impl Coroutine<(), Yield = (), Return = ()> {
    Says { line: "I'm bar", left: n }
}

/// Runs coroutines by turns, a step each, on one thread, until all of them have ended.
#[derive(Default)]
pub struct Scheduler {
    // TODO: your queue of lesson 12. What must it know of a task now?
}

impl Scheduler {
    /// A scheduler without tasks.
    pub fn new() -> Self {
        todo!()
    }

    /// Puts a task at the tail of the queue, and returns its number; runs nothing of it.
    ///
    /// Each scheduler counts from 1 by itself, and never gives the same number twice.
    pub fn spawn(&mut self, target: impl Coroutine<(), Yield = (), Return = ()> + 'static) -> TaskId {
        todo!()
    }

    /// Runs the tasks by turns until none is left: at once, if there is none.
    ///
    /// A task that completes is dropped, and then `Task N terminated` is printed, where N is its number: both before
    /// the next step. The scheduler can be given tasks again after that.
    pub fn mainloop(&mut self) {
        todo!()
    }
}
