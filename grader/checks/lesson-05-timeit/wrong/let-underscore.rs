//! fails: slide, formats, early-exit, on-panic, any-panic, any-result, nested, asks-the-clock, any-clock
//! breaks: printed-at-the-end-of-life
//! en: The line comes before the body, and says 0.00: timing was over before the body began. `let _ = timeit(clock)` is no
//! variable: what it matches is dropped at the semicolon. Give the guard a name, such as `_timer`, and it lives until `}`.
//! (If there is no `let _` in your `with_timeit`, look whether `timeit` itself prints.)
//! ru: Строка напечатана до тела, и в ней 0.00: измерение кончилось раньше, чем тело началось. `let _ = timeit(clock)` — не
//! переменная: значение уничтожается уже на точке с запятой. Дайте стражу имя, хотя бы `_timer`, и он доживёт до `}`.
//! (Если `let _` в `with_timeit` нет, проверьте, не печатает ли сама `timeit`.)

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
    let _ = timeit(clock);
    body(start)
}
