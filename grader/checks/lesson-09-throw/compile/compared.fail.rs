//! What came out can be held against what was thrown in: both are a `Thrown`, and neither is a text.

use lesson_09::{Coroutine, Step, Thrown, cor};

fn main() {
    let thrown = Thrown::Other("no disk".to_owned());
    if let Step::Complete(Err(uncaught)) = cor(3).resume(Err(thrown.clone())) {
        println!("the same: {}", uncaught == "no disk"); //~ E0308
    }
}
