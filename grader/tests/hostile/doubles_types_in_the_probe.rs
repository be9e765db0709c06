//! tries: to fill the compiler's memory where the probe is compiled, by a generic that the probe calls
//! verdict: compiler-bomb | does-not-fit
//! place: whole

#![recursion_limit = "100000"]

use std::time::Duration;

pub trait Clock {
    fn now(&self) -> Duration;
}

#[must_use]
pub struct TimeIt<'a, C: Clock>(&'a C);

pub fn timeit<C: Clock>(clock: &C) -> TimeIt<'_, C> {
    TimeIt(clock)
}

pub fn with_timeit<C: Clock, R>(clock: &C, body: impl FnOnce(Duration) -> R) -> R {
    deeper::<(C, R)>(1_000_000);
    body(clock.now())
}

fn deeper<T>(n: u64) -> usize {
    if n == 0 { size_of::<T>() } else { deeper::<(T, T)>(n - 1) }
}
