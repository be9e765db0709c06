//! Lesson 12: many coroutines, one loop.
//!
//! You write `Scheduler`, which lets its tasks run by turns, a step each, and the slide's two tasks, `foo` and `bar`.
//! `src/main.rs` is the slide's program.

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

/// Says its line at each step, for ever: `while True: print(line); yield`.
struct Says {
    line: &'static str,
}

impl Coroutine<()> for Says {
    type Yield = ();
    type Return = ();

    fn resume(&mut self, (): ()) -> Step<(), ()> {
        todo!()
    }
}

/// The slide's first task: prints `I'm foo` at each step, and never ends. The call itself prints nothing.
pub fn foo() -> impl Coroutine<(), Yield = (), Return = ()> {
    Says { line: "I'm foo" }
}

/// The slide's second task: prints `I'm bar` at each step, and never ends. The call itself prints nothing.
pub fn bar() -> impl Coroutine<(), Yield = (), Return = ()> {
    Says { line: "I'm bar" }
}

/// Runs coroutines by turns, a step each, on one thread.
#[derive(Default)]
pub struct Scheduler {
    // TODO: the queue of tasks. It owns them, and they are of different types.
    // TODO: what else does `spawn` need, to give out numbers?
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

    /// Runs up to `steps` steps, and returns how many it ran: fewer only if no task is left.
    ///
    /// A step resumes the task at the head of the queue, once. A task that yields goes to the tail. One that completes
    /// is dropped before the next step, and is never resumed again; its last step counts like any.
    /// The next call goes on where this one stopped.
    pub fn run_steps(&mut self, steps: usize) -> usize {
        todo!()
    }
}
