use futures::executor::block_on;
use futures::stream::{Stream, StreamExt};
use lesson_20::rng;

async fn first(numbers: impl Stream<Item = u32>) -> Option<u32> {
    let mut numbers = std::pin::pin!(numbers);
    numbers.next().await
}

fn main() {
    block_on(first(rng(5)));
}
