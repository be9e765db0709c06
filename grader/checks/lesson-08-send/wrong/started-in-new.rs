//! fails: lazy, drops
//! breaks: resumes-once
//! en: `Fresh::new` resumes the coroutine already, as the decorator `@coroutine` does in Python, and keeps its first
//! value for `start`. A `Fresh` is one that has not run yet: keep the coroutine, and resume it in `start`.
//! ru: `Fresh::new` уже возобновляет корутину, как это делает в Python декоратор `@coroutine`, и приберегает первое
//! значение для `start`. Но `Fresh` — это корутина, которая ещё не работала: сохраните её, а возобновляйте в `start`.

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

pub struct Fresh<C: Coroutine<Option<i64>>> {
    first: Option<C::Yield>,
    started: Started<C>,
}

impl<C: Coroutine<Option<i64>>> Fresh<C> {
    pub fn new(coroutine: C) -> Self {
        let mut started = Started { coroutine: Some(coroutine) };
        Fresh { first: started.next(), started }
    }

    pub fn start(self) -> (Option<C::Yield>, Started<C>) {
        (self.first, self.started)
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
