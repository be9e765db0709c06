//! fails: elsewhere, lazy, for-loop
//! breaks: resumes-once
//! en: `send` leaves the value for later and then calls `next`, which finds it there at each call: it is delivered
//! more than once. A value is sent once: `resume(Some(shift))` in `send`, and `resume(None)` in `next`.
//! ru: `send` откладывает значение, а потом зовёт `next`, который находит его при каждом вызове: значение приходит не
//! один раз. Посылают его однажды: `resume(Some(shift))` в `send` и `resume(None)` в `next`.

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
    coroutine: C,
}

impl<C: Coroutine<Option<i64>>> Fresh<C> {
    pub fn new(coroutine: C) -> Self {
        Fresh { coroutine }
    }

    pub fn start(self) -> (Option<C::Yield>, Started<C>) {
        let mut started = Started { coroutine: Some(self.coroutine), sent: None };
        let first = started.next();
        (first, started)
    }
}

pub struct Started<C> {
    coroutine: Option<C>,
    sent: Option<i64>,
}

impl<C: Coroutine<Option<i64>>> Started<C> {
    pub fn send(&mut self, shift: i64) -> Option<C::Yield> {
        self.sent = Some(shift);
        self.next()
    }
}

impl<C: Coroutine<Option<i64>>> Iterator for Started<C> {
    type Item = C::Yield;

    fn next(&mut self) -> Option<C::Yield> {
        match self.coroutine.as_mut()?.resume(self.sent) {
            Step::Yielded(value) => Some(value),
            Step::Complete(_) => {
                self.coroutine = None;
                None
            }
        }
    }
}
