//! A throw gives the error away: it is the coroutine's now.

use lesson_09::{Coroutine, Thrown, cor};

fn main() {
    let mut g = cor(3);
    let thrown = Thrown::ValueError("three".to_owned());
    g.resume(Err(thrown));
    println!("threw {thrown:?}"); //~ E0382
}
