//! fails: nested, asks-the-clock, any-clock
//! breaks: body-gets-the-start
//! en: The body is given the time that has passed so far, which is always zero. Its argument is what `as` binds in
//! `with timeit() as start`: the time that the clock showed at the start.
//! ru: Тело получает время, прошедшее до сих пор, а это всегда ноль. Его аргумент — то, что связывает `as` в
//! `with timeit() as start`: показание часов в начале.

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
    let timer = timeit(clock);
    let elapsed = clock.now() - timer.start;
    body(elapsed)
}
