//! Lesson 08: a function that stops in the middle, and is given a value when it goes on.
//!
//! You write `countdown`, the slide's coroutine, as a state machine, and a pair of types that make Python's
//! `TypeError` a compile error. `src/main.rs` is the slide's program.

#![allow(dead_code, unused_variables)] // this line can go when everything below is used

/// What a [`Coroutine`] gives to whoever resumed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<Y, R> {
    /// `yield value`: it is suspended, and waits to be resumed.
    Yielded(Y),
    /// `return value`: it is over, and must not be resumed again.
    Complete(R),
}

/// A function that can stop in the middle, and goes on when it is resumed.
///
/// The shape is that of `core::ops::Coroutine`, which stable Rust does not offer yet.
pub trait Coroutine<In> {
    /// What comes out at each `yield`.
    type Yield;
    /// What comes out at the end.
    type Return;

    /// Runs on to the next `yield`, or to the end; `input` is the value of the `yield` at which it stands.
    fn resume(&mut self, input: In) -> Step<Self::Yield, Self::Return>;
}

/// The places where a countdown can stand.
// TODO: where else can it stand, and what must it know there?
enum Countdown {
    /// Before the first line.
    Unresumed { n: i64 },
}

impl Coroutine<Option<i64>> for Countdown {
    type Yield = i64;
    type Return = ();

    fn resume(&mut self, shift: Option<i64>) -> Step<i64, ()> {
        todo!()
    }
}

/// Counts from `n` down to 1; a value sent to it is added to the count, after the count went down by one.
///
/// It may be resumed on another thread than it was made on.
///
/// # Panics
///
/// `resume` panics with the words
/// - `can't send non-None value to a just-started coroutine`, if the first input is not `None`. This runs nothing:
///   the countdown can still be started;
/// - `coroutine resumed after completion`, at every call after `Complete`.
pub fn countdown(n: i64) -> impl Coroutine<Option<i64>, Yield = i64, Return = ()> {
    Countdown::Unresumed { n }
}

/// A coroutine that has not run yet. All it can do is start.
pub struct Fresh<C> {
    coroutine: C,
}

/// A coroutine that stands at a `yield`, or is over.
pub struct Started<C> {
    coroutine: C,
    // TODO: `next` and `send` must know whether it is over.
}

impl<C: Coroutine<Option<i64>>> Fresh<C> {
    /// Wraps a coroutine that was never resumed; runs nothing of it.
    pub fn new(coroutine: C) -> Self {
        todo!()
    }

    /// The first `next(g)`: runs to the first `yield` and returns its value, or `None` if there was none.
    pub fn start(self) -> (Option<C::Yield>, Started<C>) {
        todo!()
    }
}

impl<C: Coroutine<Option<i64>>> Started<C> {
    /// `g.send(shift)`: the next value, or `None` if the coroutine is over. A coroutine that is over is never resumed.
    pub fn send(&mut self, shift: i64) -> Option<C::Yield> {
        todo!()
    }
}

/// `next(g)`, and so `for n in g`: nothing is sent. `None` if the coroutine is over, however often it is asked.
impl<C: Coroutine<Option<i64>>> Iterator for Started<C> {
    type Item = C::Yield;

    fn next(&mut self) -> Option<C::Yield> {
        todo!()
    }
}
