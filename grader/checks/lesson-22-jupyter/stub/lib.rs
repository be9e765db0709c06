//! Lesson 22: a future awaited where no `await` is allowed, and where a loop may or may not run already.
//!
//! You write `run_anywhere`, a plain function that runs a future to its end. `src/main.rs` is the slide's notebook.

#![allow(unused_variables)] // for the stubs only: take this line out when you are done

use futures::stream::{self, Stream, StreamExt};

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
// TODO: find out where you are; there are three answers.
pub fn run_anywhere<F>(future: F) -> F::Output
where
    F: Future + Send,
    F::Output: Send,
{
    todo!()
}
