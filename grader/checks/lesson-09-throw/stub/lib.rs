//! Lesson 09: an exception that comes from outside.
//!
//! You write `cor`, the slide's coroutine: whoever resumes it may throw something in at its `yield`, which it catches
//! or lets through. `src/main.rs` is the slide's program.

#![allow(dead_code, unused_variables)] // this line can go when everything below is used

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

/// What can be thrown into a coroutine, with its message: the part that Python's exceptions play.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Thrown {
    /// Python's `ValueError`.
    ValueError(String),
    /// Any other exception.
    Other(String),
}

/// The places where the coroutine can stand.
// TODO: where else can it stand? Mind which of the places are within `try`.
enum Cor {
    /// Before the first line.
    Unresumed { n: u32 },
}

impl Coroutine<Result<(), Thrown>> for Cor {
    type Yield = u32;
    type Return = Result<(), Thrown>;

    fn resume(&mut self, input: Result<(), Thrown>) -> Step<u32, Result<(), Thrown>> {
        todo!()
    }
}

/// Counts from `n` down to 1; catches each `ValueError` that is thrown in at a `yield`, prints `Поймал!`, and yields the
/// same number again.
///
/// `resume(Ok(()))` is Python's `next(g)`, and `resume(Err(thrown))` is `g.throw(thrown)`. Whatever is not caught comes
/// out as `Complete(Err(thrown))`, as it was; that is the end. The only other end is `Complete(Ok(()))`.
///
/// # Panics
///
/// `resume` panics with the words `coroutine resumed after completion` at every call after `Complete`, and only then.
pub fn cor(n: u32) -> impl Coroutine<Result<(), Thrown>, Yield = u32, Return = Result<(), Thrown>> {
    Cor::Unresumed { n }
}
