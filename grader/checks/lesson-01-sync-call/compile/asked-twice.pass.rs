//! The result is handed over, not copied: there is one, and `result` uses the receipt up.

use lesson_01::Pool;

fn main() {
    let pool = Pool::new(1);
    let fut = pool.submit(|| 5);
    let got = fut.result();
    println!("Got: {got}");
    println!("Got: {got}");
}
