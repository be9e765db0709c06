use futures::executor::block_on;
use lesson_26::serve;
use std::future::ready;
use tokio::sync::mpsc;

async fn slide() {
    let (sender, queue) = mpsc::channel(9);
    drop(sender);
    let _got: Vec<u32> = serve(queue.clone(), 1, ready).await; //~ E0599
}

fn main() {
    block_on(slide());
}
