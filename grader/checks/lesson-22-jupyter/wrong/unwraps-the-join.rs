//! fails: panics
//! breaks: panics
//! en: `join().unwrap()` panics with a message of its own, and the future's is lost. What `join` gives you is the panic itself: `resume_unwind` lets it go on.
//! ru: `join().unwrap()` паникует с собственным сообщением, а сообщение фьючерса пропадает. `join` отдаёт вам саму панику: дальше её отпускает `resume_unwind`.

use futures::stream::{self, Stream, StreamExt};
use std::thread;
use tokio::runtime::{Builder, Handle, Runtime, RuntimeFlavor};
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
        Ok(handle) if handle.runtime_flavor() == RuntimeFlavor::MultiThread => {
            block_in_place(|| handle.block_on(future))
        }
        Ok(_) => thread::scope(|scope| scope.spawn(|| new_loop().block_on(future)).join().unwrap()),
    }
}
