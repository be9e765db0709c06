//! What can be thrown is an enum, and whoever looks at it looks at every kind.

use lesson_09::{Coroutine, Step, Thrown, cor};

#[rustfmt::skip] // or the mark below would move to a line of its own
fn main() {
    let mut g = cor(3);
    if let Step::Complete(Err(uncaught)) = g.resume(Err(Thrown::Other("no disk".to_owned()))) {
        match uncaught { //~ E0004
            Thrown::ValueError(message) => println!("a value: {message}"),
        }
    }
}
