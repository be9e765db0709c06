//! An exception that is thrown in from outside: a `Result` that the coroutine is resumed with.

use std::mem;

/// What a [`Coroutine`] gives to whoever resumed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<Y, R> {
    /// `yield value`: it is suspended, and waits to be resumed.
    Yielded(Y),
    /// `return value`: it is over.
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

/// What can be thrown into a coroutine, with its message: the part that Python's exceptions play.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Thrown {
    /// Python's `ValueError`.
    ValueError(String),
    /// Any other exception.
    Other(String),
}

/// The places where the coroutine can stand.
enum Cor {
    /// Before the first line, and so outside of `try`.
    Unresumed { n: u32 },
    /// At `yield n`, within `try`.
    Suspended { n: u32 },
    /// After the end, whether it returned or an error escaped.
    Returned,
}

impl Coroutine<Result<(), Thrown>> for Cor {
    type Yield = u32;
    type Return = Result<(), Thrown>;

    fn resume(&mut self, input: Result<(), Thrown>) -> Step<u32, Result<(), Thrown>> {
        // Whoever leaves this function early leaves the coroutine for good.
        let n = match (mem::replace(self, Cor::Returned), input) {
            (Cor::Returned, _) => panic!("coroutine resumed after completion"),
            (Cor::Unresumed { n }, Ok(())) => n,
            (Cor::Suspended { n }, Ok(())) => n - 1,
            (Cor::Suspended { n }, Err(Thrown::ValueError(_))) => {
                println!("Поймал!");
                n
            }
            (_, Err(uncaught)) => return Step::Complete(Err(uncaught)),
        };
        if n > 0 {
            *self = Cor::Suspended { n };
            Step::Yielded(n)
        } else {
            Step::Complete(Ok(()))
        }
    }
}

/// Counts from `n` down to 1; catches each `ValueError` that is thrown in at a `yield`, prints `Поймал!`, and yields the
/// same number again.
///
/// `resume(Ok(()))` is Python's `next(g)`, and `resume(Err(thrown))` is `g.throw(thrown)`. Whatever is not caught comes
/// out as `Complete(Err(thrown))`, as it was; that is the end. Any end but that is `Complete(Ok(()))`.
///
/// # Panics
///
/// `resume` panics with the words `coroutine resumed after completion` at every call after `Complete`, and never else.
pub fn cor(n: u32) -> impl Coroutine<Result<(), Thrown>, Yield = u32, Return = Result<(), Thrown>> {
    Cor::Unresumed { n }
}
