//! Whoever waits for a future may lend to it; whoever spawns one may not, for it stays when the borrow is over.

use lesson_16::{Executor, block_on, foo};

async fn greet(name: &str) {
    println!("{name}:");
    foo(1).await;
}

fn main() {
    let mut executor = Executor::new();
    let name = String::from("task");
    block_on(greet(&name));
    executor.mainloop();
}
