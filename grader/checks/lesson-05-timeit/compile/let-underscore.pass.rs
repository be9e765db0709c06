//! `_` is not a variable: what is bound to it is dropped at the semicolon.

#![deny(let_underscore_drop)]

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
    let _timer = timeit(&clock);
}
