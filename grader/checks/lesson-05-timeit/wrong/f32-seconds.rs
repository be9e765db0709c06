//! fails: formats
//! breaks: two-decimals
//! en: Near 1.7 billion seconds the next `f32` is 128 s away, so the difference of two such readings is noise. Subtract the
//! two `Duration`s first (that is exact), and turn only the result into a float, an `f64` for choice.
//! ru: Около 1,7 миллиарда секунд соседние числа `f32` отстоят друг от друга на 128 с, и разность двух таких показаний — шум.
//! Сначала вычтите одну `Duration` из другой (это точно), и только результат превращайте в число, лучше в `f64`.

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
        println!("{:.2}", self.clock.now().as_secs_f32() - self.start.as_secs_f32());
    }
}

pub fn with_timeit<C: Clock, R>(clock: &C, body: impl FnOnce(Duration) -> R) -> R {
    let timer = timeit(clock);
    body(timer.start)
}
