//! fails: lazy, drops, any-coroutine, typestate, threads
//! breaks: starts-once, resumes-once
//! en: `start` borrows the `Fresh` instead of using it up, so that it can be called again and the same coroutine gets
//! two first steps. `self` by value, and the second call is an `E0382`.
//! ru: `start` не забирает `Fresh`, а только заимствует, поэтому его можно вызвать снова, и у корутины будет два
//! первых шага. Возьмите `self` по значению — и второй вызов станет `E0382`.

pub enum Step<Y, R> {
    Yielded(Y),
    Complete(R),
}

pub trait Coroutine<In> {
    type Yield;
    type Return;
    fn resume(&mut self, input: In) -> Step<Self::Yield, Self::Return>;
}

enum Countdown {
    Unresumed { n: i64 },
    Suspended { n: i64 },
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

pub fn countdown(n: i64) -> impl Coroutine<Option<i64>, Yield = i64, Return = ()> {
    Countdown::Unresumed { n }
}

pub struct Fresh<C> {
    coroutine: Option<C>,
}

impl<C: Coroutine<Option<i64>>> Fresh<C> {
    pub fn new(coroutine: C) -> Self {
        Fresh { coroutine: Some(coroutine) }
    }

    pub fn start(&mut self) -> (Option<C::Yield>, Started<C>) {
        let mut started = Started { coroutine: self.coroutine.take() };
        let first = started.next();
        (first, started)
    }
}

pub struct Started<C> {
    coroutine: Option<C>,
}

impl<C: Coroutine<Option<i64>>> Started<C> {
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

impl<C: Coroutine<Option<i64>>> Iterator for Started<C> {
    type Item = C::Yield;

    fn next(&mut self) -> Option<C::Yield> {
        self.resume(None)
    }
}
