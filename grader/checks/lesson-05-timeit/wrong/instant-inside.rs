//! fails: slide, formats, early-exit, on-panic, any-panic, any-result, nested, asks-the-clock, lives-of-guards, any-clock
//! breaks: time-from-the-clock
//! races: yes
//! en: You read `Instant::now()`, the computer's clock. The clock here is the parameter: `main.rs` brings a real one, a check
//! brings one that jumps two seconds at once. Ask `clock.now()` at the start and again at the end.
//! ru: Вы спрашиваете `Instant::now()`, то есть часы компьютера. А часы здесь — параметр: `main.rs` даёт настоящие, проверка —
//! такие, что сразу прыгают на две секунды. Спросите `clock.now()` в начале и ещё раз в конце.

use std::time::{Duration, Instant};

pub trait Clock {
    fn now(&self) -> Duration;
}

#[must_use]
pub struct TimeIt<'a, C: Clock> {
    _clock: &'a C,
    started: Instant,
}

pub fn timeit<C: Clock>(clock: &C) -> TimeIt<'_, C> {
    TimeIt { _clock: clock, started: Instant::now() }
}

impl<C: Clock> Drop for TimeIt<'_, C> {
    fn drop(&mut self) {
        println!("{:.2}", self.started.elapsed().as_secs_f64());
    }
}

pub fn with_timeit<C: Clock, R>(clock: &C, body: impl FnOnce(Duration) -> R) -> R {
    let _timer = timeit(clock);
    body(clock.now())
}
