//! en: `poll_fn` over a shrinking list of running futures; each one knows its place among the outputs.
//! ru: `poll_fn` над списком работающих фьючерсов, который всё короче; каждый знает своё место среди результатов.

use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;

pub fn count(pause: Duration) -> impl Future<Output = ()> {
    async move {
        println!("One");
        tokio::time::sleep(pause).await;
        println!("Two");
    }
}

pub async fn gather<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    let mut running: Vec<_> = futures.into_iter().map(Box::pin).enumerate().collect();
    let mut outputs: Vec<Option<F::Output>> = Vec::new();
    outputs.resize_with(running.len(), || None);
    poll_fn(|cx| {
        running.retain_mut(|(place, future)| match future.as_mut().poll(cx) {
            Poll::Ready(output) => {
                outputs[*place] = Some(output);
                false
            }
            Poll::Pending => true,
        });
        if running.is_empty() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    outputs.into_iter().flatten().collect()
}
