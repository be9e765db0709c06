//! A coroutine that has not reached a `yield` has nowhere to put what it is sent.

use lesson_08::{Fresh, countdown};

fn main() {
    let mut g = Fresh::new(countdown(1));
    let _ten = g.send(10); //~ E0599
}
