//! fails: polls, wakers, apart, siblings, two-loops, foo-by-hand, executors
//! breaks: two-polls
//! en: Every poll of your stream is `Ready`, so `foo` runs to its end in one go and nobody else gets a turn: an `.await` that need not wait gives nothing back. The slide's generator is like that; here let the others have a turn before each item: `yield_now().await`.
//! ru: Каждый опрос вашего потока данных отвечает `Ready`, поэтому `foo` проходит до конца за один раз, и очередь не доходит ни до кого: `.await`, которому нечего ждать, управления не отдаёт. Генератор со слайда такой же; здесь перед каждым элементом дайте поработать другим: `yield_now().await`.

use futures::stream::{self, Stream, StreamExt};
use std::pin::pin;

pub fn rng(n: u32) -> impl Stream<Item = u32> {
    stream::iter(0..n)
}

pub async fn foo(n: u32) {
    let mut numbers = pin!(rng(n));
    while let Some(i) = numbers.next().await {
        println!("{i}");
    }
}
