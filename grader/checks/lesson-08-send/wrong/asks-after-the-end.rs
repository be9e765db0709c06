//! fails: for-loop
//! breaks: none-for-good
//! en: `Started` resumes a coroutine that is over. An iterator may be asked again after its `None`; a coroutine may
//! not be resumed after `Complete`. So `Started` must remember the end: an `Option<C>` that becomes `None`, or a
//! flag.
//! ru: `Started` возобновляет завершённую корутину. Итератор после `None` спрашивать можно, а корутину после
//! `Complete` возобновлять нельзя. Поэтому `Started` обязан помнить о конце: это `Option<C>`, который становится
//! `None`, или флаг.

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
        let mut started = Started { coroutine: self.coroutine };
        let first = started.next();
        (first, started)
    }
}

pub struct Started<C> {
    coroutine: C,
}

impl<C: Coroutine<Option<i64>>> Started<C> {
    pub fn send(&mut self, shift: i64) -> Option<C::Yield> {
        self.resume(Some(shift))
    }

    fn resume(&mut self, input: Option<i64>) -> Option<C::Yield> {
        match self.coroutine.resume(input) {
            Step::Yielded(value) => Some(value),
            Step::Complete(_) => None,
        }
    }
}

impl<C: Coroutine<Option<i64>>> Iterator for Started<C> {
    type Item = C::Yield;

    fn next(&mut self) -> Option<C::Yield> {
        self.resume(None)
    }
}
