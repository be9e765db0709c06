//! A task may outlive the function that spawned it, so it takes what it needs along.

use lesson_16::{Executor, foo};

fn main() {
    let mut executor = Executor::new();
    let n = String::from("2");
    executor.spawn(async { foo(n.parse().unwrap_or(0)).await }); //~ E0373
    executor.mainloop();
}
