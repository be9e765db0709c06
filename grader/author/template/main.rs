//! The slide's program: one greeting.

use lesson_@NN@::greet;

fn main() {
    println!("{}", greet("world"));
}
