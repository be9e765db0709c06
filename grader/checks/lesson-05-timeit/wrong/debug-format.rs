//! fails: slide, formats, early-exit, on-panic, any-panic, any-result, nested, asks-the-clock, lives-of-guards, any-clock
//! breaks: two-decimals
//! en: `{:.2?}` is the debug form of a `Duration`: it appends a unit, and picks the unit itself (`2.00s`, but `4.00ms`). The
//! slide prints a plain number of seconds: take `as_secs_f64()` first, then `{:.2}`.
//! ru: `{:.2?}` — отладочная запись `Duration`: она дописывает единицу измерения и сама её выбирает (`2.00s`, но `4.00ms`).
//! На слайде печатается просто число секунд: сначала `as_secs_f64()`, потом `{:.2}`.

use std::time::Duration;

pub trait Clock {
    fn now(&self) -> Duration;
}

#[must_use]
pub struct TimeIt<'a, C: Clock> {
    clock: &'a C,
    start: Duration,
}

pub fn timeit<C: Clock>(clock: &C) -> TimeIt<'_, C> {
    TimeIt { clock, start: clock.now() }
}

impl<C: Clock> Drop for TimeIt<'_, C> {
    fn drop(&mut self) {
        println!("{:.2?}", self.clock.now() - self.start);
    }
}

pub fn with_timeit<C: Clock, R>(clock: &C, body: impl FnOnce(Duration) -> R) -> R {
    let timer = timeit(clock);
    body(timer.start)
}
