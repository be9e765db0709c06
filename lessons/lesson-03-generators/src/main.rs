//! The slide's program: a loop over a generator, and a generator that nobody asks for anything.

use lesson_03::{countdown, render};

fn main() {
    print!("{}", render(countdown(3)));

    let _unasked = countdown(10);
}
