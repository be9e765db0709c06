#![deny(unused_must_use)]

use futures::executor::block_on;
use futures::stream::StreamExt;
use lesson_20::rng;

async fn slide() {
    rng(5).map(|i| println!("{i}")).collect::<()>().await;
}

fn main() {
    block_on(slide());
}
