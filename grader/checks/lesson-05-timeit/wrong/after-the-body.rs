//! fails: early-exit, on-panic, any-panic, nested, asks-the-clock, lives-of-guards, any-clock, unused-guard, clock-outlives
//! breaks: printed-at-the-end-of-life, must-be-kept, as-the-signatures-say
//! en: Your line is printed by a call that comes after the body. A `return`, a `?` or a panic never gets there, and a guard
//! that nobody stops stays silent. Python's `finally` is `Drop` here: print in `drop`, and every way out passes it.
//! ru: Строку печатает вызов, который стоит после тела. `return`, `?` и паника до него не доходят, а страж, который никто
//! не остановил, молчит. Питоновский `finally` здесь — `Drop`: печатайте в `drop`, мимо него не пройдёт ни один выход.

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

impl<C: Clock> TimeIt<'_, C> {
    pub fn stop(self) {
        let elapsed = self.clock.now() - self.start;
        println!("{:.2}", elapsed.as_secs_f64());
    }
}

pub fn with_timeit<C: Clock, R>(clock: &C, body: impl FnOnce(Duration) -> R) -> R {
    let timer = timeit(clock);
    let result = body(timer.start);
    timer.stop();
    result
}
