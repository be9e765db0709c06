#![deny(unused_must_use)]

use lesson_17::count;
use std::time::Duration;

async fn slide() {
    count(Duration::from_secs(1)).await;
}

fn main() {
    let _future = slide();
}
