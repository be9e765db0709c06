//! fails: count-alone, input-order, borrowed, polls, wakes, polled-in-wake, many, dropped, forty
//! breaks: never-again
//! en: You poll every future each time, the finished ones too. A future that was ready must not be polled again: an `async fn` panics. Keep its output, and let go of the future.
//! ru: Вы каждый раз опрашиваете все фьючерсы, в том числе завершённые. Готовый фьючерс больше опрашивать нельзя: `async fn` на это паникует. Сохраните результат, а фьючерс отпустите.

use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;

pub async fn count(pause: Duration) {
    println!("One");
    tokio::time::sleep(pause).await;
    println!("Two");
}

pub async fn gather<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    let mut futures: Vec<_> = futures.into_iter().map(Box::pin).collect();
    let mut outputs: Vec<Option<F::Output>> = futures.iter().map(|_| None).collect();
    poll_fn(|cx| {
        for (future, output) in futures.iter_mut().zip(&mut outputs) {
            if let Poll::Ready(value) = future.as_mut().poll(cx) {
                *output = Some(value);
            }
        }
        if outputs.iter().all(Option::is_some) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    outputs.into_iter().flatten().collect()
}
