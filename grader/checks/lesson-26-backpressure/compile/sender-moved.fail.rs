use futures::executor::block_on;
use lesson_26::produce;
use tokio::sync::mpsc;

async fn slide() -> usize {
    let (sender, _queue) = mpsc::channel(9);
    produce(0..2, sender).await;
    produce(2..4, sender).await //~ E0382
}

fn main() {
    block_on(slide());
}
