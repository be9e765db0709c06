//! fails: slide, lazy, count-alone, input-order, borrowed, polls, wakes, forty
//! breaks: rests
//! en: You wake the task yourself before you return `Pending`, so it is polled without a pause and nothing else gets its turn. Whoever was given your `cx` will wake the task when there is something to do: return `Pending` and leave it at that.
//! ru: Перед тем как вернуть `Pending`, вы сами будите задачу, и её опрашивают без передышки, а до остального очередь не доходит. Задачу разбудит тот, кому вы передали `cx`, когда будет что делать: просто верните `Pending`.

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

pub async fn gather<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    let mut branches: Vec<Pin<Box<MaybeDone<F>>>> = futures.into_iter().map(|f| Box::pin(maybe_done(f))).collect();
    poll_fn(|cx| {
        let mut done = true;
        for branch in &mut branches {
            done &= branch.as_mut().poll(cx).is_ready();
        }
        if done {
            Poll::Ready(())
        } else {
            cx.waker().wake_by_ref();
            Poll::Pending
        }
    })
    .await;
    branches.iter_mut().filter_map(|branch| branch.as_mut().take_output()).collect()
}
