//! The slide's program: a block that takes two seconds, and the line that says so.

use lesson_05::{Clock, with_timeit};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A real clock. `Instant` never runs backwards, whatever is done to the computer's time of day.
struct Stopwatch {
    made: Instant,
}

impl Clock for Stopwatch {
    fn now(&self) -> Duration {
        self.made.elapsed()
    }
}

#[expect(clippy::disallowed_methods, reason = "the slide's block really sleeps; no check does")]
fn main() {
    let clock = Stopwatch { made: Instant::now() };
    with_timeit(&clock, |_start| sleep(Duration::from_secs(2)));
}
