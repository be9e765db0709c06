//! Lesson 17: many futures, one `await`.
//!
//! You write `count`, the slide's coroutine, and `gather`, which awaits any number of futures at once: in one task,
//! by polling each of them in turn. `src/main.rs` is the slide's program.

#![allow(unused_variables)] // TODO: remove this line when everything below is used

use std::time::Duration;

/// Prints `One`, lets `pause` go by on tokio's clock, and prints `Two`.
///
/// A call prints nothing and starts no clock: both wait for the first poll.
pub async fn count(pause: Duration) {
    todo!()
}

/// Awaits all of the futures at once; returns their outputs in the order in which the futures were given.
///
/// Whenever it is polled, it polls the futures that are not ready yet, in that order, with the same `Context`;
/// a future that was ready is never polled again. It is ready when the last of them is: at once, if there is none.
// TODO: keep the futures somewhere they can be pinned, and each output until the last one is there.
pub async fn gather<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    todo!()
}
