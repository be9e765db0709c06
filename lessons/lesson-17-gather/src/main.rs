//! The slide's program: two counts at once, in one second.

use lesson_17::{count, gather};
use std::time::Duration;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let second = Duration::from_secs(1);
    gather([count(second), count(second)]).await;
}
