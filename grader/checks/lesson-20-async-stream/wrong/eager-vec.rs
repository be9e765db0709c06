//! fails: lazy, many
//! breaks: counts-nothing-ahead
//! en: You make all of the numbers when `rng` is called, and four billion don't fit. A stream makes an item when it is asked for one: give `stream::iter` the range itself.
//! ru: Вы создаёте все числа при вызове `rng`, и четыре миллиарда не помещаются в память. Поток данных создаёт элемент, когда его попросят: отдайте `stream::iter` сам диапазон.

use futures::stream::{self, Stream, StreamExt};
use std::pin::pin;
use tokio::task::yield_now;

pub fn rng(n: u32) -> impl Stream<Item = u32> {
    let numbers: Vec<u32> = (0..n).collect();
    stream::iter(numbers).then(|i| async move {
        yield_now().await;
        i
    })
}

pub async fn foo(n: u32) {
    let mut numbers = pin!(rng(n));
    while let Some(i) = numbers.next().await {
        println!("{i}");
    }
}
