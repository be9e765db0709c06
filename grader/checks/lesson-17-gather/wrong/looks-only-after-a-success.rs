//! fails: empty
//! breaks: last-ready
//! en: You ask whether all are done only when one of them has become ready. With no futures that never happens, and `gather` waits for ever: ask once, after the loop.
//! ru: Вы проверяете, все ли готовы, только когда какой-нибудь из них стал готов. Если фьючерсов нет, этого не случится, и `gather` ждёт вечно: проверяйте один раз, после цикла.

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
    let mut futures: Vec<Option<Pin<Box<F>>>> = futures.into_iter().map(|f| Some(Box::pin(f))).collect();
    let mut outputs: Vec<Option<F::Output>> = futures.iter().map(|_| None).collect();
    let mut left = futures.len();
    poll_fn(|cx| {
        for (slot, output) in futures.iter_mut().zip(&mut outputs) {
            let Some(future) = slot else { continue };
            if let Poll::Ready(value) = future.as_mut().poll(cx) {
                *output = Some(value);
                *slot = None;
                left -= 1;
                if left == 0 {
                    return Poll::Ready(());
                }
            }
        }
        Poll::Pending
    })
    .await;
    outputs.into_iter().flatten().collect()
}
