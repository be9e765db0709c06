//! fails: siblings, two-loops, foo-by-hand, executors
//! breaks: prints-as-it-comes
//! en: You collect the stream and print afterwards, so the first number appears when the last one is there. `async for` runs its body for each item as it comes: `while let Some(i) = numbers.next().await`.
//! ru: Вы сначала собираете весь поток данных, а печатаете потом, и первое число появляется, только когда есть последнее. `async for` выполняет тело для каждого элемента, как только тот пришёл: `while let Some(i) = numbers.next().await`.

use futures::stream::{self, Stream, StreamExt};
use tokio::task::yield_now;

pub fn rng(n: u32) -> impl Stream<Item = u32> {
    stream::iter(0..n).then(|i| async move {
        yield_now().await;
        i
    })
}

pub async fn foo(n: u32) {
    let numbers: Vec<u32> = rng(n).collect().await;
    for i in numbers {
        println!("{i}");
    }
}
