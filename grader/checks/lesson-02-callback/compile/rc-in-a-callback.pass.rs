//! The thread that calls is not the one that made the callback, so what it holds must be able to go there.

use lesson_02::Pool;
use std::sync::Arc;

fn main() {
    let pool = Pool::new(1);
    let name = Arc::new(String::from("Got"));
    pool.submit(|| 5).add_done_callback(move |n| println!("{name}: {n}"));
}
