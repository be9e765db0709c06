use futures::executor::block_on;
use futures::stream::StreamExt;
use lesson_20::rng;

async fn slide() {
    let mut numbers = rng(5).boxed_local();
    while let Some(i) = numbers.next().await {
        println!("{i}");
    }
}

fn main() {
    block_on(slide());
}
