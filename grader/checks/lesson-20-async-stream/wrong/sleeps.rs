//! fails: lazy, polls, wakers, apart, siblings, foo-by-hand, adapters, executors, many
//! breaks: any-executor, two-polls
//! en: `tokio::time::sleep` needs a tokio runtime around it, and waits for a tick of its clock, however short the pause. To let others have a turn takes neither: `yield_now().await` works under any executor.
//! ru: `tokio::time::sleep` нужна вокруг среда выполнения tokio, и ждёт она тика её часов, какой бы короткой ни была пауза. Чтобы пропустить вперёд других, не нужно ни того ни другого: `yield_now().await` работает с любым исполнителем.

use futures::stream::{self, Stream, StreamExt};
use std::pin::pin;
use std::time::Duration;
use tokio::time::sleep;

pub fn rng(n: u32) -> impl Stream<Item = u32> {
    stream::iter(0..n).then(|i| async move {
        sleep(Duration::from_millis(1)).await;
        i
    })
}

pub async fn foo(n: u32) {
    let mut numbers = pin!(rng(n));
    while let Some(i) = numbers.next().await {
        println!("{i}");
    }
}
