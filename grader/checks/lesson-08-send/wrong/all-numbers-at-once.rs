//! fails: slide, sends, limits, elsewhere, for-loop
//! breaks: slide-order, whole-range
//! en: All the numbers are worked out before anybody asks, and `send` can only add to a list that is fixed already.
//! (From `i64::MAX` no list is long enough: `capacity overflow`.) Keep one number, `n`, and work out the next one
//! when you are resumed.
//! ru: Все числа вычислены заранее, когда никто ещё не спрашивал, а `send` может только прибавить что-то к готовому
//! списку. (Для `i64::MAX` не хватит никакого списка: `capacity overflow`.) Храните одно число `n`, а следующее
//! вычисляйте, когда вас возобновят.

use std::collections::VecDeque;

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
    numbers: VecDeque<i64>,
    started: bool,
    over: bool,
}

impl Coroutine<Option<i64>> for Countdown {
    type Yield = i64;
    type Return = ();

    fn resume(&mut self, shift: Option<i64>) -> Step<i64, ()> {
        assert!(!self.over, "coroutine resumed after completion");
        assert!(self.started || shift.is_none(), "can't send non-None value to a just-started coroutine");
        self.started = true;
        if let (Some(shift), Some(next)) = (shift, self.numbers.front_mut()) {
            *next += shift;
        }
        match self.numbers.pop_front() {
            Some(n) if n > 0 => Step::Yielded(n),
            _ => {
                self.over = true;
                Step::Complete(())
            }
        }
    }
}

pub fn countdown(n: i64) -> impl Coroutine<Option<i64>, Yield = i64, Return = ()> {
    Countdown { numbers: (1..=n).rev().collect(), started: false, over: false }
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
