//! fails: slide, lazy, count-alone, input-order, borrowed, polls, wakes, polled-in-wake, forty
//! breaks: wakes
//! en: You poll with a `Context` of your own, whose waker wakes nobody. The futures do become ready, but the task that awaits `gather` is never told. Hand on the `cx` that you were given.
//! ru: Вы опрашиваете с собственным `Context`, будильник которого никого не будит. Фьючерсы становятся готовы, но задача, которая ждёт `gather`, об этом не узнаёт. Передавайте дальше тот `cx`, который дали вам.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

pub async fn count(pause: Duration) {
    println!("One");
    tokio::time::sleep(pause).await;
    println!("Two");
}

pub async fn gather<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    let mut futures: Vec<Option<Pin<Box<F>>>> = futures.into_iter().map(|f| Some(Box::pin(f))).collect();
    let mut outputs: Vec<Option<F::Output>> = futures.iter().map(|_| None).collect();
    poll_fn(|_| {
        let mut cx = Context::from_waker(Waker::noop());
        for (slot, output) in futures.iter_mut().zip(&mut outputs) {
            if let Some(future) = slot
                && let Poll::Ready(value) = future.as_mut().poll(&mut cx)
            {
                *output = Some(value);
                *slot = None;
            }
        }
        if futures.iter().all(Option::is_none) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    outputs.into_iter().flatten().collect()
}
