//! A job may run when the function that submitted it has long returned, so it can't borrow its variables.

use lesson_01::Pool;

fn main() {
    let pool = Pool::new(1);
    let word = String::from("python");
    let fut = pool.submit(move || word.len());
    println!("Got: {}", fut.result());
}
