//! fails: formats
//! breaks: two-decimals
//! en: You cut off what comes after the hundredths, so 6.999 s would be 6.99. Python's `%.2f` rounds, and so does `{:.2}` of
//! a float: format `as_secs_f64()` instead of putting the digits together.
//! ru: Вы отбрасываете всё, что после сотых, и 6.999 с стали бы 6.99. Питоновский `%.2f` округляет, и `{:.2}` для
//! чисел с плавающей точкой тоже: форматируйте `as_secs_f64()`, а не собирайте цифры сами.

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
        println!("{}.{:02}", elapsed.as_secs(), elapsed.subsec_millis() / 10);
    }
}

pub fn with_timeit<C: Clock, R>(clock: &C, body: impl FnOnce(Duration) -> R) -> R {
    let timer = timeit(clock);
    body(timer.start)
}
