//! en: `join_all` of the futures crate: a list polled in order up to thirty futures, a `FuturesUnordered` above that.
//! ru: `join_all` из крейта futures: до тридцати фьючерсов опрашивается список по порядку, а если их больше — `FuturesUnordered`.

use futures::future::join_all;
use std::time::Duration;

pub async fn count(pause: Duration) {
    println!("One");
    tokio::time::sleep(pause).await;
    println!("Two");
}

pub async fn gather<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    join_all(futures).await
}
