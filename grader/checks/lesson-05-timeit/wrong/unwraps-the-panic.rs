//! fails: on-panic, any-panic
//! breaks: panic-goes-on
//! en: You catch the panic to print, and `unwrap` then starts another one: the caller gets its words instead of the body's.
//! `finally` does not touch the exception. Drop a guard instead: it runs while the panic passes by.
//! ru: Вы ловите панику, чтобы напечатать строку, а `unwrap` потом начинает другую: вызывающему коду достаются её слова, а не
//! слова тела. `finally` исключения не трогает. Обойдитесь стражем: его `drop` выполнится, пока паника идёт мимо.

use std::panic::{AssertUnwindSafe, catch_unwind};
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
    let result = catch_unwind(AssertUnwindSafe(|| body(start)));
    println!("{:.2}", (clock.now() - start).as_secs_f64());
    result.unwrap()
}
