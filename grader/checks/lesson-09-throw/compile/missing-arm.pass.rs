//! What can be thrown is an enum, and whoever looks at it looks at every kind.

use lesson_09::{Coroutine, Step, Thrown, cor};

fn main() {
    let mut g = cor(3);
    if let Step::Complete(Err(uncaught)) = g.resume(Err(Thrown::Other("no disk".to_owned()))) {
        match uncaught {
            Thrown::ValueError(message) => println!("a value: {message}"),
            Thrown::Other(message) => println!("something else: {message}"),
        }
    }
}
