//! The slide's program: one greeting, a second later.

use lesson_@NN@::greet;
use std::time::Duration;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("{}", greet("world", Duration::from_secs(1)).await);
}
