//! fails: unused-guard
//! breaks: must-be-kept
//! en: Everything works, and nothing warns of `timeit(&clock);`, which times nothing at all. One attribute on `TimeIt` makes
//! the compiler say so.
//! ru: Всё работает, но ничто не предупреждает о строке `timeit(&clock);`, которая не измеряет ничего. Один атрибут на
//! `TimeIt`, и об этом скажет компилятор.

use std::time::Duration;

pub trait Clock {
    fn now(&self) -> Duration;
}

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
    let timer = timeit(clock);
    body(timer.start)
}
