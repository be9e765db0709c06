//! fails: no-loop, loop-in-a-loop
//! breaks: own-loop
//! en: A runtime that is built by hand has no timers until you ask for them: `enable_all` on the builder, which `Runtime::new` does for you. Without it the first `sleep` or `timeout` panics.
//! ru: У среды выполнения, собранной вручную, нет таймеров, пока вы о них не попросите: `enable_all` у строителя, а `Runtime::new` делает это за вас. Иначе первый же `sleep` или `timeout` паникует.

use futures::stream::{self, Stream, StreamExt};
use std::panic::resume_unwind;
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
    Builder::new_current_thread().build().expect("the system has what a runtime needs")
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
        Ok(_) => thread::scope(|scope| {
            let running = scope.spawn(|| new_loop().block_on(future));
            running.join().unwrap_or_else(|panic| resume_unwind(panic))
        }),
    }
}
