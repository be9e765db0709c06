//! en: `with_timeit` is `try` and `finally` spelt out: it catches the panic, prints, and lets the same panic go on.
//! ru: `with_timeit` — это `try` и `finally` буквально: ловит панику, печатает и отпускает ту же панику дальше.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
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
        println!("{:.2}", (self.clock.now() - self.start).as_secs_f64());
    }
}

pub fn with_timeit<C: Clock, R>(clock: &C, body: impl FnOnce(Duration) -> R) -> R {
    let start = clock.now();
    let outcome = catch_unwind(AssertUnwindSafe(|| body(start)));
    drop(TimeIt { clock, start });
    match outcome {
        Ok(result) => result,
        Err(panic) => resume_unwind(panic),
    }
}
