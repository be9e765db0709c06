//! en: Keeps seconds as `f64`, as the slide does; the `Drop` belongs to a field, and `TimeIt` is only its wrapper.
//! ru: Хранит секунды в `f64`, как на слайде; `Drop` принадлежит полю, а `TimeIt` — только обёртка.

use std::time::Duration;

pub trait Clock {
    fn now(&self) -> Duration;
}

#[must_use]
pub struct TimeIt<'a, C: Clock> {
    _stopwatch: Stopwatch<'a, C>,
}

struct Stopwatch<'a, C: Clock> {
    clock: &'a C,
    start: f64,
}

impl<C: Clock> Drop for Stopwatch<'_, C> {
    fn drop(&mut self) {
        println!("{:.2}", self.clock.now().as_secs_f64() - self.start);
    }
}

fn started_at<C: Clock>(clock: &C, start: Duration) -> TimeIt<'_, C> {
    TimeIt { _stopwatch: Stopwatch { clock, start: start.as_secs_f64() } }
}

pub fn timeit<C: Clock>(clock: &C) -> TimeIt<'_, C> {
    started_at(clock, clock.now())
}

pub fn with_timeit<C: Clock, R>(clock: &C, body: impl FnOnce(Duration) -> R) -> R {
    let start = clock.now();
    let _timer = started_at(clock, start);
    body(start)
}
