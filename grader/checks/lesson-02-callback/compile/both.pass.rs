//! The result goes to one place: to a callback, or to whoever waits.

use lesson_02::Pool;

fn main() {
    let pool = Pool::new(1);
    let fut = pool.submit(|| 5);
    fut.add_done_callback(|n| println!("Got: {n}"));
}
