//! fails: slide, formats, early-exit, on-panic, any-panic, any-result, nested, asks-the-clock, lives-of-guards, any-clock
//! breaks: printed-at-the-end-of-life
//! en: The line comes before the body, and says 0.00: `timeit` runs through all of its lines at the call. Python stopped in
//! the middle, at `yield`; a Rust function can't. Split it in two: `timeit` only notes the start, `Drop` prints at the end.
//! (If `timeit` prints nothing itself, look for `let _ = timeit(clock)`: that drops the guard at the semicolon.)
//! ru: Строка напечатана до тела, и в ней 0.00: `timeit` выполняет все свои строки сразу, при вызове. Python
//! останавливался посередине, на `yield`; функция в Rust так не умеет. Разделите её: `timeit` только запоминает начало, а
//! печатает в конце `Drop`. (Если сама `timeit` не печатает, поищите `let _ = timeit(clock)`: такой страж уничтожается
//! уже на точке с запятой.)

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
    let start = clock.now();
    // The block runs here.
    let elapsed = clock.now() - start;
    println!("{:.2}", elapsed.as_secs_f64());
    TimeIt { clock, start }
}

pub fn with_timeit<C: Clock, R>(clock: &C, body: impl FnOnce(Duration) -> R) -> R {
    let timer = timeit(clock);
    body(timer.start)
}
