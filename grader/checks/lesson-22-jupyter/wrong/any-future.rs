//! fails: no-loop, loop-in-a-loop, many-threads, nested, left-behind, misuse
//! breaks: own-loop, send
//! en: Your signature lets in a future that is not `Send`: it works where the caller polls by itself, and can't cross to another thread, which a loop of one thread needs. Ask for `Send`, and give the future a loop that is driven.
//! ru: Ваша сигнатура пускает фьючерс, который не `Send`: он годится, пока вызывающий код опрашивает сам, но не перейдёт в другой поток ОС, а при однопоточном цикле это нужно. Требуйте `Send` и дайте фьючерсу цикл, который крутят.

use futures::executor::block_on;
use futures::stream::{self, Stream, StreamExt};

pub fn rng(n: u32) -> impl Stream<Item = u32> {
    stream::iter(0..n)
}

pub async fn foo(n: u32) {
    let mut numbers = rng(n);
    while let Some(i) = numbers.next().await {
        println!("{i}");
    }
}

pub fn run_anywhere<F>(future: F) -> F::Output
where
    F: Future,
    F::Output: Send,
{
    block_on(future)
}
