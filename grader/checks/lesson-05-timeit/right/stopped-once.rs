//! en: The line belongs to an `Option` that is taken out once, by `stop` or by `drop`; `with_timeit` stops its guard by hand.
//! ru: Строка лежит в `Option`, которую вынимают один раз: в `stop` или в `drop`; `with_timeit` останавливает стража сама.

use std::io::Write as _;
use std::time::Duration;

pub trait Clock {
    fn now(&self) -> Duration;
}

#[must_use = "it prints when it is dropped"]
pub struct TimeIt<'a, C: Clock> {
    running: Option<(&'a C, Duration)>,
}

impl<C: Clock> TimeIt<'_, C> {
    fn stop(&mut self) {
        if let Some((clock, start)) = self.running.take() {
            let took = clock.now().checked_sub(start).unwrap_or_default();
            let line = format!("{:.2}\n", took.as_nanos() as f64 / 1e9);
            // As `println!` does, without its panic when nobody reads any more.
            let _ = std::io::stdout().lock().write_all(line.as_bytes());
        }
    }
}

impl<C: Clock> Drop for TimeIt<'_, C> {
    fn drop(&mut self) {
        self.stop();
    }
}

pub fn timeit<C: Clock>(clock: &C) -> TimeIt<'_, C> {
    let start = clock.now();
    TimeIt { running: Some((clock, start)) }
}

pub fn with_timeit<C: Clock, R>(clock: &C, body: impl FnOnce(Duration) -> R) -> R {
    let start = clock.now();
    let mut timer = TimeIt { running: Some((clock, start)) };
    let result = body(start);
    timer.stop();
    result
}
