//! A function that stops in the middle: an enum with a state for each place where it can stand.

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

/// The places where a countdown can stand, under the names that rustc gives them in an `async fn`.
enum Countdown {
    /// Before the first line.
    Unresumed { n: i64 },
    /// At `shift = yield n`.
    Suspended { n: i64 },
    /// After the last line.
    Returned,
}

impl Coroutine<Option<i64>> for Countdown {
    type Yield = i64;
    type Return = ();

    fn resume(&mut self, shift: Option<i64>) -> Step<i64, ()> {
        let n = match *self {
            Countdown::Unresumed { n } => {
                assert!(shift.is_none(), "can't send non-None value to a just-started coroutine");
                n
            }
            Countdown::Suspended { n } => n - 1 + shift.unwrap_or(0),
            Countdown::Returned => panic!("coroutine resumed after completion"),
        };
        if n > 0 {
            *self = Countdown::Suspended { n };
            Step::Yielded(n)
        } else {
            *self = Countdown::Returned;
            Step::Complete(())
        }
    }
}

/// Counts from `n` down to 1; a value sent to it is added to the count.
///
/// # Panics
///
/// `resume` panics if the first input is not `None`, and if the countdown has completed.
pub fn countdown(n: i64) -> impl Coroutine<Option<i64>, Yield = i64, Return = ()> {
    Countdown::Unresumed { n }
}

/// A coroutine that has not run yet. All it can do is start.
pub struct Fresh<C> {
    coroutine: C,
}

/// A coroutine that stands at a `yield`, or is over.
pub struct Started<C> {
    /// `None` once it has completed.
    coroutine: Option<C>,
}

impl<C: Coroutine<Option<i64>>> Fresh<C> {
    /// Wraps a coroutine that was never resumed; runs nothing of it.
    pub fn new(coroutine: C) -> Self {
        Fresh { coroutine }
    }

    /// The first `next(g)`: runs to the first `yield` and returns its value, or `None` if there was none.
    pub fn start(self) -> (Option<C::Yield>, Started<C>) {
        let mut started = Started { coroutine: Some(self.coroutine) };
        let first = started.next();
        (first, started)
    }
}

impl<C: Coroutine<Option<i64>>> Started<C> {
    /// `g.send(shift)`: the next value, or `None` if the coroutine is over.
    pub fn send(&mut self, shift: i64) -> Option<C::Yield> {
        self.resume(Some(shift))
    }

    fn resume(&mut self, input: Option<i64>) -> Option<C::Yield> {
        match self.coroutine.as_mut()?.resume(input) {
            Step::Yielded(value) => Some(value),
            Step::Complete(_) => {
                self.coroutine = None;
                None
            }
        }
    }
}

/// `next(g)`, and so `for n in g`: nothing is sent.
impl<C: Coroutine<Option<i64>>> Iterator for Started<C> {
    type Item = C::Yield;

    fn next(&mut self) -> Option<C::Yield> {
        self.resume(None)
    }
}
