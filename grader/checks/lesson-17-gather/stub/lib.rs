//! Lesson 17: many futures, one `await`.
//!
//! You write `count`, the slide's coroutine, and `gather`, which awaits any number of futures at once: in one task,
//! by polling each of them in turn. `src/main.rs` is the slide's program.

#![allow(unused_variables)] // for the stubs only: take this line out when you are done

use std::time::Duration;

/// Prints `One`, lets `pause` go by on tokio's clock, and prints `Two`.
///
/// A call prints nothing and starts no clock: both wait for the first poll.
// TODO: start here; it is three lines.
pub async fn count(pause: Duration) {
    todo!()
}

/// Awaits all of the futures at once; returns their outputs in the order in which the futures were given.
///
/// Its first poll polls all of them, in that order; later ones never ask a future that was ready. It is ready when the
/// last of them is: at once, if there is none.
// TODO: keep the futures somewhere they can be pinned, and each output until the last one is there.
pub async fn gather<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    todo!()
}
