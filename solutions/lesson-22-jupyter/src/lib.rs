//! `await` for those who can't: a plain function that runs a future to its end, wherever it is called.

use futures::stream::{self, Stream, StreamExt};
use std::panic::resume_unwind;
use std::thread;
use tokio::runtime::{Builder, Handle, Runtime, RuntimeFlavor};
use tokio::task::block_in_place;

/// The numbers below `n`, one at a time: lesson 20's.
pub fn rng(n: u32) -> impl Stream<Item = u32> {
    stream::iter(0..n)
}

/// Prints the numbers below `n`, a line each: lesson 20's `async for`.
pub async fn foo(n: u32) {
    let mut numbers = rng(n);
    while let Some(i) = numbers.next().await {
        println!("{i}");
    }
}

/// Runs the future to its end and returns its output, whether or not a loop already runs here.
///
/// Where none does, and where the loop has one thread, the future has a loop of its own, which ends with it: tasks
/// that it leaves behind are dropped. On a multi-thread runtime it runs in the caller's loop, whose other tasks go on.
/// A panic of the future goes on in the caller.
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
        // This thread drives a loop, and can't drive another one meanwhile. Another thread can.
        Ok(_) => thread::scope(|scope| {
            let running = scope.spawn(|| new_loop().block_on(future));
            running.join().unwrap_or_else(|panic| resume_unwind(panic))
        }),
    }
}

/// A loop for one future, driven by the thread that waits for it.
fn new_loop() -> Runtime {
    Builder::new_current_thread().enable_all().build().expect("the system has what a runtime needs")
}
