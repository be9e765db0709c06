//! A future that is dropped at the semicolon was never polled.

#![deny(unused_must_use)]

use lesson_15::{Clock, delay};
use std::time::Duration;

struct Stopped;

impl Clock for Stopped {
    fn now(&self) -> Duration {
        Duration::ZERO
    }

    fn call_at(&self, _when: Duration, _callback: Box<dyn FnOnce() + Send>) {}
}

async fn pauses() {
    delay(&Stopped, Duration::ZERO); //~ unused_must_use
}

fn main() {
    let _future = pauses();
}
