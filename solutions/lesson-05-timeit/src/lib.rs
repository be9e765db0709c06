//! A context manager without a generator: the guard's `Drop` is Python's `finally`.

use std::time::Duration;

/// Tells the time, as [`timeit`] sees it. It never runs backwards.
pub trait Clock {
    /// The time since a moment of the clock's own choice.
    fn now(&self) -> Duration;
}

/// Times its own life: when dropped, it prints the seconds since it was made, with two decimals.
#[must_use = "a guard that no variable keeps is dropped at once, and times nothing"]
pub struct TimeIt<'a, C: Clock> {
    clock: &'a C,
    start: Duration,
}

/// Starts timing; the guard stops when its scope is left, by whichever way.
pub fn timeit<C: Clock>(clock: &C) -> TimeIt<'_, C> {
    TimeIt { clock, start: clock.now() }
}

impl<C: Clock> Drop for TimeIt<'_, C> {
    fn drop(&mut self) {
        // `-` panics below zero, and a panic in a `drop` that another panic has called aborts the process.
        let elapsed = self.clock.now().saturating_sub(self.start);
        println!("{:.2}", elapsed.as_secs_f64());
    }
}

/// Runs the body, prints how long it took, and returns what it returned: `with timeit() as start: …`.
///
/// The body is given the time that the clock showed at the start.
pub fn with_timeit<C: Clock, R>(clock: &C, body: impl FnOnce(Duration) -> R) -> R {
    let timer = timeit(clock);
    body(timer.start)
}
