//! A callback is called later, by another thread, so it can't borrow the variables of the function that adds it.

use lesson_02::Pool;

fn main() {
    let pool = Pool::new(1);
    let mut got = Vec::new();
    pool.submit(|| 5).add_done_callback(move |n| got.push(n));
}
