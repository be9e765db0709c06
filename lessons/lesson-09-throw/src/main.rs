//! The slide's program: a `ValueError` is thrown in at the first `yield`, and caught.

use lesson_09::{Coroutine, Thrown, cor};

fn main() {
    let mut g = cor(3);
    g.resume(Ok(()));
    g.resume(Err(Thrown::ValueError("thrown in by main".to_owned())));
}
