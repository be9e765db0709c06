//! en: `FuturesUnordered`, which polls only what was woken; each output carries the place of its future.
//! ru: `FuturesUnordered`, который опрашивает только разбуженных; вместе с результатом приходит место фьючерса.

use futures::stream::{FuturesUnordered, StreamExt};
use std::time::Duration;

pub async fn count(pause: Duration) {
    println!("One");
    tokio::time::sleep(pause).await;
    println!("Two");
}

pub async fn gather<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    let mut running: FuturesUnordered<_> =
        futures.into_iter().enumerate().map(|(place, future)| async move { (place, future.await) }).collect();
    let mut outputs = Vec::new();
    while let Some(output) = running.next().await {
        outputs.push(output);
    }
    outputs.sort_by_key(|(place, _)| *place);
    outputs.into_iter().map(|(_, output)| output).collect()
}
