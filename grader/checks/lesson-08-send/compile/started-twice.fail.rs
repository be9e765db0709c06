//! A coroutine starts once: `start` takes the `Fresh` and gives a `Started` for it.

use lesson_08::{Fresh, countdown};

fn main() {
    let g = Fresh::new(countdown(3));
    let (_three, _started) = g.start();
    let _three = g.start(); //~ E0382
}
