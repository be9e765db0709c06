//! fails: lazy
//! breaks: count-lazy
//! en: The pause is counted from the call of `count`. `sleep(pause)` notes its deadline when it is made, not when it is awaited: make it after `One` is printed, inside of the future.
//! ru: Пауза отсчитывается от вызова `count`. `sleep(pause)` запоминает свой срок, когда его создают, а не когда его ждут: создавайте его после печати `One`, внутри фьючерса.

use futures::future::join_all;
use std::time::Duration;
use tokio::time::sleep;

pub fn count(pause: Duration) -> impl Future<Output = ()> {
    let pause = sleep(pause);
    async move {
        println!("One");
        pause.await;
        println!("Two");
    }
}

pub async fn gather<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    join_all(futures).await
}
