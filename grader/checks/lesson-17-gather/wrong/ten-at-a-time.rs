//! fails: many, forty
//! breaks: first-poll
//! en: `buffered(10)` starts the eleventh future only when the first one is over, so a slow one holds up those behind it. That is a limit one may want; `gather` has none, and starts all of them at its first poll.
//! ru: `buffered(10)` запускает одиннадцатый фьючерс, лишь когда завершился первый, и медленный задерживает тех, кто за ним. Такой предел бывает нужен, но у `gather` его нет: при первом опросе она запускает все.

use futures::stream::{self, StreamExt};
use std::time::Duration;

pub async fn count(pause: Duration) {
    println!("One");
    tokio::time::sleep(pause).await;
    println!("Two");
}

pub async fn gather<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    stream::iter(futures).buffered(10).collect().await
}
