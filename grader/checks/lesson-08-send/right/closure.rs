//! en: The state is what a closure captured, in two `Option`s: the count, and what was yielded last. A small wrapper
//! makes a coroutine of it.
//! ru: Состояние — то, что захватило замыкание: счёт и последнее отданное значение, два `Option`. Корутину из него
//! делает маленькая обёртка.

pub enum Step<Y, R> {
    Yielded(Y),
    Complete(R),
}

pub trait Coroutine<In> {
    type Yield;
    type Return;
    fn resume(&mut self, input: In) -> Step<Self::Yield, Self::Return>;
}

struct FromFn<F>(F);

impl<In, Y, R, F: FnMut(In) -> Step<Y, R>> Coroutine<In> for FromFn<F> {
    type Yield = Y;
    type Return = R;

    fn resume(&mut self, input: In) -> Step<Y, R> {
        (self.0)(input)
    }
}

pub fn countdown(n: i64) -> impl Coroutine<Option<i64>, Yield = i64, Return = ()> {
    let mut next = Some(n);
    let mut last: Option<i64> = None;
    FromFn(move |shift: Option<i64>| {
        if let Some(yielded) = last {
            next = Some(yielded - 1 + shift.unwrap_or(0));
        } else if next.is_some() && shift.is_some() {
            panic!("can't send non-None value to a just-started coroutine");
        }
        last = next.take().or_else(|| panic!("coroutine resumed after completion")).filter(|&n| n > 0);
        last.map_or(Step::Complete(()), Step::Yielded)
    })
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
        advance(&mut self.coroutine, Some(shift))
    }
}

impl<C: Coroutine<Option<i64>>> Iterator for Started<C> {
    type Item = C::Yield;

    fn next(&mut self) -> Option<C::Yield> {
        advance(&mut self.coroutine, None)
    }
}

fn advance<C: Coroutine<Option<i64>>>(place: &mut Option<C>, input: Option<i64>) -> Option<C::Yield> {
    let mut coroutine = place.take()?;
    let Step::Yielded(value) = coroutine.resume(input) else { return None };
    *place = Some(coroutine);
    Some(value)
}
