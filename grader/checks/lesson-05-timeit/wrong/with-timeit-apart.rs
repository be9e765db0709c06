//! fails: on-panic, any-panic
//! breaks: panic-goes-on, printed-at-the-end-of-life
//! en: Your guard is right, but `with_timeit` does not use it: it measures by itself and prints after `body(…)`, a line that a
//! panic never reaches. Keep a guard in a variable while the body runs, and there is nothing left to print.
//! ru: Страж у вас верный, но `with_timeit` им не пользуется: он измеряет сам и печатает после `body(…)`, а до этой строки
//! паника не доходит. Держите стража в переменной, пока работает тело, и печатать самим будет нечего.

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
        let elapsed = self.clock.now() - self.start;
        println!("{:.2}", elapsed.as_secs_f64());
    }
}

pub fn with_timeit<C: Clock, R>(clock: &C, body: impl FnOnce(Duration) -> R) -> R {
    let start = clock.now();
    let result = body(start);
    let elapsed = clock.now() - start;
    println!("{:.2}", elapsed.as_secs_f64());
    result
}
