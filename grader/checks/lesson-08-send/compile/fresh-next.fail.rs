//! A coroutine that has not started has no next value: `start` gives the first.

use lesson_08::{Fresh, countdown};

fn main() {
    let mut g = Fresh::new(countdown(3));
    let _three = g.next(); //~ E0599
}
