//! fails: slide, loop-in-a-loop, many-threads, nested, borrowed, panics, left-behind
//! breaks: other-thread, callers-loop
//! en: A `Handle` finds the loop that runs here, and `block_on` on it panics: this thread is driving that loop, and would wait for itself. First get out of its way: `block_in_place`, or another thread.
//! ru: `Handle` находит цикл, который здесь работает, а `block_on` на нём паникует: этот поток ОС и крутит тот цикл, он ждал бы самого себя. Сначала надо уйти с дороги: `block_in_place` или другой поток ОС.

use futures::stream::{self, Stream, StreamExt};
use tokio::runtime::{Builder, Handle, Runtime};

pub fn rng(n: u32) -> impl Stream<Item = u32> {
    stream::iter(0..n)
}

pub async fn foo(n: u32) {
    let mut numbers = rng(n);
    while let Some(i) = numbers.next().await {
        println!("{i}");
    }
}

fn new_loop() -> Runtime {
    Builder::new_current_thread().enable_all().build().expect("the system has what a runtime needs")
}

pub fn run_anywhere<F>(future: F) -> F::Output
where
    F: Future + Send,
    F::Output: Send,
{
    match Handle::try_current() {
        Err(_) => new_loop().block_on(future),
        Ok(handle) => handle.block_on(future),
    }
}
