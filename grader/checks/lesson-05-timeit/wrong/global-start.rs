//! fails: any-panic, nested, lives-of-guards
//! breaks: each-its-own
//! en: There is one start for all guards, so the inner one overwrites the outer one's, and the outer line comes out too short.
//! A guard is a value: let each keep its own `start` in a field.
//! ru: Начало одно на всех стражей: внутренний затирает начало внешнего, и внешняя строка показывает слишком мало.
//! Страж — это значение: пусть каждый хранит своё начало, `start`, в поле.

use std::cell::Cell;
use std::time::Duration;

thread_local! {
    static START: Cell<Duration> = const { Cell::new(Duration::ZERO) };
}

pub trait Clock {
    fn now(&self) -> Duration;
}

#[must_use]
pub struct TimeIt<'a, C: Clock> {
    clock: &'a C,
}

pub fn timeit<C: Clock>(clock: &C) -> TimeIt<'_, C> {
    START.set(clock.now());
    TimeIt { clock }
}

impl<C: Clock> Drop for TimeIt<'_, C> {
    fn drop(&mut self) {
        let elapsed = self.clock.now() - START.get();
        println!("{:.2}", elapsed.as_secs_f64());
    }
}

pub fn with_timeit<C: Clock, R>(clock: &C, body: impl FnOnce(Duration) -> R) -> R {
    let _timer = timeit(clock);
    body(START.get())
}
