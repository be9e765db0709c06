//! The slide's program: a worker adds, the caller waits.

use lesson_01::{Pool, run};

fn main() {
    run(&Pool::new(8), 2, 3);
    println!("DONE");
}
