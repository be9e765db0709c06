use lesson_18::{EventLoop, count};
use std::time::Duration;

fn main() {
    let event_loop = EventLoop::new();
    event_loop.run_until_complete(count(Duration::ZERO));
    event_loop.close();
}
