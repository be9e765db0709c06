//! An `Rc` counts its owners without regard to other threads, so it must stay on its own.

use lesson_01::Pool;
use std::sync::Arc;

fn main() {
    let pool = Pool::new(1);
    let five = Arc::new(5);
    let fut = pool.submit(move || *five + 1);
    println!("Got: {}", fut.result());
}
