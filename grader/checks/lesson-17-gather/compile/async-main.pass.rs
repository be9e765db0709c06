use lesson_17::{count, gather};
use std::time::Duration;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    gather([count(Duration::from_secs(1))]).await;
}
