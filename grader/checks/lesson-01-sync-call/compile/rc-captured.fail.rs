//! An `Rc` counts its owners without regard to other threads, so it must stay on its own.

use lesson_01::Pool;
use std::rc::Rc;

fn main() {
    let pool = Pool::new(1);
    let five = Rc::new(5);
    let fut = pool.submit(move || *five + 1); //~ E0277
    println!("Got: {}", fut.result());
}
