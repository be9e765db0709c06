use futures::executor::block_on;
use futures::stream::{Stream, StreamExt};
use lesson_20::rng;

async fn first(numbers: impl Stream<Item = u32>) -> Option<u32> {
    let mut numbers = numbers;
    numbers.next().await //~ E0277
}

fn main() {
    block_on(first(rng(5)));
}
