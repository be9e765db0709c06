use futures::executor::block_on;
use lesson_26::serve;
use std::future::ready;
use tokio::sync::mpsc;

async fn slide() {
    let (sender, queue) = mpsc::channel(9);
    drop(sender);
    let _got: Vec<u32> = serve(queue, 1, ready).await;
}

fn main() {
    block_on(slide());
}
