//! Whoever waits for a future may lend to it; whoever spawns one may not, for it stays when the borrow is over.

use lesson_16::{Executor, foo};

async fn greet(name: &str) {
    println!("{name}:");
    foo(1).await;
}

fn main() {
    let mut executor = Executor::new();
    let name = String::from("task");
    executor.spawn(greet(&name)); //~ E0597
    executor.mainloop();
}
