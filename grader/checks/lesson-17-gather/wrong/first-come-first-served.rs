//! fails: input-order, borrowed, polls, wakes, polled-in-wake, many, forty
//! breaks: list-order
//! en: The outputs come in the order in which the futures finish. The caller knows its futures by their place in the list: remember which place each one had, and put its output there.
//! ru: Результаты идут в том порядке, в каком фьючерсы завершились. Тот, кто вызывает, знает свои фьючерсы по месту в списке: запомните место каждого и положите результат туда.

use futures::stream::{FuturesUnordered, StreamExt};
use std::time::Duration;

pub async fn count(pause: Duration) {
    println!("One");
    tokio::time::sleep(pause).await;
    println!("Two");
}

pub async fn gather<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    let mut running: FuturesUnordered<F> = futures.into_iter().collect();
    let mut outputs = Vec::new();
    while let Some(output) = running.next().await {
        outputs.push(output);
    }
    outputs
}
