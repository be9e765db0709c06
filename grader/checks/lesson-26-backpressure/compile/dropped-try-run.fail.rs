#![deny(unused_must_use)]

use futures::executor::block_on;
use lesson_26::Limit;

async fn slide() {
    let limit = Limit::new(1);
    limit.try_run(async {}); //~ unused_must_use
}

fn main() {
    block_on(slide());
}
