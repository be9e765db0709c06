//! A coroutine that has not started has no next value: `start` gives the first.

use lesson_08::{Fresh, countdown};

fn main() {
    let (_three, mut g) = Fresh::new(countdown(3)).start();
    let _two = g.next();
}
