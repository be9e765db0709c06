//! fails: polls, wakers, adapters
//! breaks: none-for-ever
//! en: `unfold` may not be polled again after its `None`: it panics. A `Stream` is allowed that, but this one promises `None` for ever: `.fuse()`.
//! ru: `unfold` после своего `None` опрашивать больше нельзя: он паникует. Потоку данных это разрешено, но этот обещает `None` всегда: `.fuse()`.

use futures::stream::{self, Stream, StreamExt};
use std::pin::pin;
use tokio::task::yield_now;

pub fn rng(n: u32) -> impl Stream<Item = u32> {
    stream::unfold(0, move |i| async move {
        if i == n {
            return None;
        }
        yield_now().await;
        Some((i, i + 1))
    })
}

pub async fn foo(n: u32) {
    let mut numbers = pin!(rng(n));
    while let Some(i) = numbers.next().await {
        println!("{i}");
    }
}
