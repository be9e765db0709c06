//! The result is handed over, not copied: there is one, and `result` uses the receipt up.

use lesson_01::Pool;

fn main() {
    let pool = Pool::new(1);
    let fut = pool.submit(|| 5);
    println!("Got: {}", fut.result());
    println!("Got: {}", fut.result()); //~ E0382
}
