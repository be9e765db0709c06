//! en: A list of `MaybeDone`, which keep their outputs themselves.
//! ru: Список из `MaybeDone`: каждый сам хранит свой результат.

use futures::future::{MaybeDone, maybe_done};
use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

pub async fn count(pause: Duration) {
    println!("One");
    tokio::time::sleep(pause).await;
    println!("Two");
}

pub fn gather<F: Future>(futures: impl IntoIterator<Item = F>) -> impl Future<Output = Vec<F::Output>> {
    let mut all: Vec<Pin<Box<MaybeDone<F>>>> = futures.into_iter().map(|future| Box::pin(maybe_done(future))).collect();
    poll_fn(move |cx| {
        let pending = all.iter_mut().filter_map(|one| one.as_mut().poll(cx).is_pending().then_some(())).count();
        if pending > 0 {
            return Poll::Pending;
        }
        Poll::Ready(all.iter_mut().filter_map(|one| one.as_mut().take_output()).collect())
    })
}
