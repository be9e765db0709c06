#![deny(unused_must_use)]

use futures::executor::block_on;
use lesson_20::foo;

async fn slide() {
    foo(5).await;
}

fn main() {
    block_on(slide());
}
