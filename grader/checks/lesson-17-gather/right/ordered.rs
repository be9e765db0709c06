//! en: `FuturesOrdered` of the futures crate: polls what was woken, and gives the outputs in the order of the list.
//! ru: `FuturesOrdered` из крейта futures: опрашивает разбуженных и отдаёт результаты в порядке списка.

use futures::stream::{FuturesOrdered, StreamExt};
use std::time::Duration;

pub async fn count(pause: Duration) {
    println!("One");
    tokio::time::sleep(pause).await;
    println!("Two");
}

pub async fn gather<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    futures.into_iter().collect::<FuturesOrdered<F>>().collect().await
}
