//! `async for` over an asynchronous generator: a `Stream`, and a loop that awaits its next item.

use futures::stream::{self, Stream, StreamExt};
use std::pin::pin;
use tokio::task::yield_now;

/// The numbers from 0 to `n - 1`, one at a time; before each of them everybody else gets a turn.
pub fn rng(n: u32) -> impl Stream<Item = u32> {
    stream::iter(0..n).then(|i| async move {
        yield_now().await;
        i
    })
}

/// Prints each number of `rng(n)` on a line of its own, as soon as it is there.
pub async fn foo(n: u32) {
    let mut numbers = pin!(rng(n));
    while let Some(i) = numbers.next().await {
        println!("{i}");
    }
}
