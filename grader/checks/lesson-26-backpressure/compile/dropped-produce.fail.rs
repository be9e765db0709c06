#![deny(unused_must_use)]

use futures::executor::block_on;
use lesson_26::produce;
use tokio::sync::mpsc;

async fn slide() {
    let (sender, _queue) = mpsc::channel(9);
    produce(0..5, sender); //~ unused_must_use
}

fn main() {
    block_on(slide());
}
