//! A greeting is made to be heard.

#![deny(unused_must_use)]

use lesson_@NN@::greet;

fn main() {
    let _greeting = greet("world");
}
