//! A generator runs forwards only.

use lesson_03::countdown;

fn main() {
    let numbers = countdown(3);
    let _ = numbers.skip(1);
}
