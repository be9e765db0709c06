//! A generator that was given away can't be asked again; one that was lent can.

use lesson_04::{advance, countdown, drain};

fn main() {
    let mut g = countdown(2);
    drain(&mut g);
    advance(&mut g);
}
