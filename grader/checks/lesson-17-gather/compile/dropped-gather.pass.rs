#![deny(unused_must_use)]

use lesson_17::{count, gather};
use std::time::Duration;

async fn slide() {
    gather([count(Duration::from_secs(1))]).await;
}

fn main() {
    let _future = slide();
}
