//! The slide's program: `next` again and again, until there is nothing more.

use lesson_04::{countdown, drain};

fn main() {
    drain(countdown(2));
}
