//! fails: slide, loop-in-a-loop, nested, borrowed, panics, left-behind
//! breaks: other-thread
//! en: `block_in_place` makes room by moving the other tasks to another worker. A current-thread runtime has no other, so it panics there. On such a loop only a thread of your own can run the future.
//! ru: `block_in_place` освобождает место: остальные задачи переходят к другому рабочему потоку ОС. В однопоточной среде другого нет, и она там паникует. В таком цикле фьючерс может выполнить только ваш собственный поток ОС.

use futures::stream::{self, Stream, StreamExt};
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::block_in_place;

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
        Ok(handle) => block_in_place(|| handle.block_on(future)),
    }
}
