//! fails: slide, loop-in-a-loop, many-threads, nested, borrowed, panics, left-behind
//! breaks: other-thread, nested
//! en: You start a runtime wherever you are. Where a loop already runs, tokio panics: the thread that drives it can't drive another one meanwhile. Python's `asyncio.run` refuses in the same place. Ask `Handle::try_current` first.
//! ru: Вы запускаете среду выполнения где бы ни были. Если цикл уже работает, tokio паникует: поток ОС, который его крутит, не может крутить ещё один. `asyncio.run` в Python на том же месте отказывает. Сначала спросите `Handle::try_current`.

use futures::stream::{self, Stream, StreamExt};
use tokio::runtime::Runtime;

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
    F: Future + Send,
    F::Output: Send,
{
    Runtime::new().expect("the system has what a runtime needs").block_on(future)
}
