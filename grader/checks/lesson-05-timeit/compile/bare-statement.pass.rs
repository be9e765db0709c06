//! A guard that no variable keeps is dropped at the semicolon, before the block that it should time.

#![deny(unused_must_use)]

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
