//! fails: no-loop, loop-in-a-loop, many-threads, nested, left-behind, misuse
//! breaks: own-loop, send
//! en: `futures::executor::block_on` polls, and no more: it has no timers, no place for tasks, and what it blocks is the thread of the loop that would have run them. `foo(5)` needs none of that, which is why it works. The future needs a runtime that is driven while you wait.
//! ru: `futures::executor::block_on` только опрашивает: у неё нет ни таймеров, ни места для задач, а блокирует она поток ОС того самого цикла, который бы их выполнил. `foo(5)` ничего этого не нужно, поэтому она и работает. Фьючерсу нужна среда выполнения, которую кто-то крутит, пока вы ждёте.

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

pub fn run_anywhere<F: Future>(future: F) -> F::Output {
    block_on(future)
}
