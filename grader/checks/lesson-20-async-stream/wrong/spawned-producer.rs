//! fails: lazy, polls, wakers, apart, foo-by-hand, adapters, executors, many
//! breaks: any-executor, counts-nothing-ahead
//! en: You start a task that sends the numbers into a channel: it needs a runtime, and begins without being asked. A stream runs in the task that polls it, and stands still between two polls.
//! ru: Вы запускаете задачу, которая шлёт числа в канал: ей нужна среда выполнения, и начинает она, никого не дожидаясь. Поток данных работает в той задаче, которая его опрашивает, а между опросами стоит на месте.

use futures::stream::{self, Stream, StreamExt};
use std::pin::pin;
use tokio::sync::mpsc;

pub fn rng(n: u32) -> impl Stream<Item = u32> {
    let (sender, mut receiver) = mpsc::channel(1);
    tokio::spawn(async move {
        for i in 0..n {
            if sender.send(i).await.is_err() {
                return;
            }
        }
    });
    stream::poll_fn(move |cx| receiver.poll_recv(cx))
}

pub async fn foo(n: u32) {
    let mut numbers = pin!(rng(n));
    while let Some(i) = numbers.next().await {
        println!("{i}");
    }
}
