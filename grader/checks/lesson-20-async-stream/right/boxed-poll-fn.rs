//! en: `stream::poll_fn` over a closure that keeps a `yield_now` while it waits; boxed, so that the stream is `Unpin`.
//! ru: `stream::poll_fn` над замыканием, которое хранит `yield_now`, пока ждёт; в коробке, поэтому поток данных — `Unpin`.

use futures::stream::{self, BoxStream, StreamExt};
use std::task::{Poll, ready};
use tokio::task::yield_now;

pub fn rng(n: u32) -> BoxStream<'static, u32> {
    let mut numbers = 0..n;
    let mut turn = None;
    stream::poll_fn(move |cx| {
        if numbers.is_empty() {
            return Poll::Ready(None);
        }
        ready!(turn.get_or_insert_with(|| Box::pin(yield_now())).as_mut().poll(cx));
        turn = None;
        Poll::Ready(numbers.next())
    })
    .boxed()
}

pub async fn foo(n: u32) {
    let mut numbers = rng(n);
    while let Some(i) = numbers.next().await {
        println!("{i}");
    }
}
