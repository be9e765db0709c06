//! fails: lazy
//! breaks: count-lazy
//! en: `One` is printed by the call of `count`, not by its future. What an `fn` does before its `async` block happens at once; what must wait for the `await` belongs inside of the block.
//! ru: `One` печатает вызов `count`, а не его фьючерс. Всё, что `fn` делает до блока `async`, происходит сразу; то, что должно дождаться `await`, пишут внутри блока.

use futures::future::join_all;
use std::time::Duration;

pub fn count(pause: Duration) -> impl Future<Output = ()> {
    println!("One");
    async move {
        tokio::time::sleep(pause).await;
        println!("Two");
    }
}

pub async fn gather<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    join_all(futures).await
}
