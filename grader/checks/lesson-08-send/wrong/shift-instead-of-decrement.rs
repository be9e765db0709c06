//! fails: slide, sends, just-started, limits, after-the-end, elsewhere, for-loop
//! breaks: slide-order
//! en: You add the shift *instead of* going down by one, so that sending 10 to a 1 gives 11. On the slide `n -= 1`
//! stands above the `if`: it runs at every resumption, and the shift comes on top.
//! ru: Вы прибавляете сдвиг *вместо* того, чтобы уменьшить на единицу, и посланные единице 10 дают 11. На слайде `n
//! -= 1` стоит над `if`: эта строка выполняется при каждом возобновлении, а сдвиг прибавляется сверх того.

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
            Countdown::Suspended { n } => match shift {
                Some(shift) => n + shift,
                None => n - 1,
            },
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
        let mut started = Started { coroutine: Some(self.coroutine) };
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
