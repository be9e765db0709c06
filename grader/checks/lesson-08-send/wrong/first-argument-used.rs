//! fails: just-started, elsewhere
//! breaks: fresh-refuses
//! en: The first input is taken for a shift. But the countdown stands before its first line then, and there is no
//! `yield` yet that could have this value. Tell the two states apart, and panic in the first one.
//! ru: Первый ввод вы принимаете за сдвиг. Но обратный отсчёт стоит ещё до первой строки, и нет такого `yield`, чьим
//! значением он мог бы стать. Различайте два состояния, и в первом паникуйте.

pub enum Step<Y, R> {
    Yielded(Y),
    Complete(R),
}

pub trait Coroutine<In> {
    type Yield;
    type Return;
    fn resume(&mut self, input: In) -> Step<Self::Yield, Self::Return>;
}

struct Countdown {
    n: i64,
    started: bool,
    over: bool,
}

impl Coroutine<Option<i64>> for Countdown {
    type Yield = i64;
    type Return = ();

    fn resume(&mut self, shift: Option<i64>) -> Step<i64, ()> {
        assert!(!self.over, "coroutine resumed after completion");
        if self.started {
            self.n -= 1;
        }
        self.started = true;
        self.n += shift.unwrap_or(0);
        if self.n > 0 {
            Step::Yielded(self.n)
        } else {
            self.over = true;
            Step::Complete(())
        }
    }
}

pub fn countdown(n: i64) -> impl Coroutine<Option<i64>, Yield = i64, Return = ()> {
    Countdown { n, started: false, over: false }
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
