//! en: Counts in whole hundredths, without floats, and `#[must_use]` stands on the function.
//! ru: Считает в целых сотых, без чисел с плавающей точкой, а `#[must_use]` стоит на функции.

use std::time::Duration;

pub trait Clock {
    fn now(&self) -> Duration;
}

pub struct TimeIt<'a, C: Clock> {
    clock: &'a C,
    start: Duration,
}

#[must_use = "keep the guard in a variable: it prints when it is dropped"]
pub fn timeit<C: Clock>(clock: &C) -> TimeIt<'_, C> {
    TimeIt { clock, start: clock.now() }
}

impl<C: Clock> Drop for TimeIt<'_, C> {
    fn drop(&mut self) {
        let elapsed = self.clock.now() - self.start;
        let hundredths = (elapsed + Duration::from_millis(5)).as_millis() / 10;
        println!("{}.{:02}", hundredths / 100, hundredths % 100);
    }
}

pub fn with_timeit<C: Clock, R>(clock: &C, body: impl FnOnce(Duration) -> R) -> R {
    let timer = timeit(clock);
    body(timer.start)
}
