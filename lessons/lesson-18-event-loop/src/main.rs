//! The slide's program: an event loop runs two counts at once, and is closed.

use lesson_18::{EventLoop, count, gather};
use std::time::Duration;

fn main() {
    let second = Duration::from_secs(1);
    let event_loop = EventLoop::new();
    event_loop.run_until_complete(gather([count(second), count(second)]));
    event_loop.close();
}
