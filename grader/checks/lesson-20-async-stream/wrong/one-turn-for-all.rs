//! fails: polls, wakers, apart, siblings, two-loops, foo-by-hand, executors
//! breaks: two-polls
//! en: The others get one turn, before the first item, and then everything comes at once: `flatten_stream` waits for the stream, not for its items. Each item needs a wait of its own: `.then(…)`.
//! ru: Другим достаётся одна очередь, перед первым элементом, а дальше всё идёт сразу: `flatten_stream` ждёт сам поток данных, а не его элементы. Ждать нужно перед каждым: `.then(…)`.

use futures::future::FutureExt;
use futures::stream::{self, Stream, StreamExt};
use std::pin::pin;
use tokio::task::yield_now;

pub fn rng(n: u32) -> impl Stream<Item = u32> {
    async move {
        yield_now().await;
        stream::iter(0..n)
    }
    .flatten_stream()
}

pub async fn foo(n: u32) {
    let mut numbers = pin!(rng(n));
    while let Some(i) = numbers.next().await {
        println!("{i}");
    }
}
