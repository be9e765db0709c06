//! The greeting borrows the name until it is made.

use lesson_@NN@::greet;
use std::time::Duration;

fn main() {
    let _greeting;
    let name = String::from("world");
    _greeting = greet(&name, Duration::ZERO); //~ E0597
}
