//! en: The guard is general: it runs any closure at the end, and knows no clock.
//! ru: Страж общий: в конце он выполняет любое замыкание и о часах ничего не знает.

use std::time::Duration;

pub trait Clock {
    fn now(&self) -> Duration;
}

struct Finally<F: FnMut()>(F);

impl<F: FnMut()> Drop for Finally<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}

fn report(clock: &impl Clock, start: Duration) {
    println!("{:.2}", (clock.now() - start).as_secs_f64());
}

#[must_use]
pub struct TimeIt<'a, C: Clock> {
    clock: &'a C,
    start: Duration,
}

impl<C: Clock> Drop for TimeIt<'_, C> {
    fn drop(&mut self) {
        report(self.clock, self.start);
    }
}

pub fn timeit<C: Clock>(clock: &C) -> TimeIt<'_, C> {
    TimeIt { clock, start: clock.now() }
}

pub fn with_timeit<C: Clock, R>(clock: &C, body: impl FnOnce(Duration) -> R) -> R {
    let start = clock.now();
    let _finally = Finally(|| report(clock, start));
    body(start)
}
