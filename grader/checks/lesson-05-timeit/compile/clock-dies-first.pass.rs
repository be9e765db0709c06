//! A guard asks its clock for the time when it is dropped, so the clock must live longer.

use lesson_05::{Clock, timeit};
use std::time::Duration;

struct Noon;

impl Clock for Noon {
    fn now(&self) -> Duration {
        Duration::from_secs(12 * 60 * 60)
    }
}

fn main() {
    let clock = Noon;
    let _timer;
    _timer = timeit(&clock);
}
