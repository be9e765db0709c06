//! A coroutine that has not reached a `yield` has nowhere to put what it is sent.

use lesson_08::{Fresh, countdown};

fn main() {
    let (_one, mut g) = Fresh::new(countdown(1)).start();
    let _ten = g.send(10);
}
