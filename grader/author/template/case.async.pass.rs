//! The greeting borrows the name until it is made.

use lesson_@NN@::greet;
use std::time::Duration;

fn main() {
    let name = String::from("world");
    let _greeting;
    _greeting = greet(&name, Duration::ZERO);
}
