//! Lesson 20: an iterator whose next item may have to be waited for.
//!
//! You write `rng`, the slide's asynchronous generator, as a `Stream`, and `foo`, its `async for`.
//! `src/main.rs` is the slide's program.

#![allow(unused_variables)] // TODO: remove this line when everything below is used

use futures::stream::{self, Stream};

/// The numbers from 0 to `n - 1`, one at a time; before each of them everybody else gets a turn.
///
/// An item takes two polls: the first wakes its own task and answers `Pending`, the second is `Ready(Some(i))`.
/// After the last item every poll is `Ready(None)`, however often it is asked. It needs no runtime and no clock.
// TODO: `poll_fn` only keeps the compiler content: what is a `Stream` made from?
pub fn rng(n: u32) -> impl Stream<Item = u32> {
    stream::poll_fn(|_| todo!())
}

/// Prints each number of `rng(n)` on a line of its own, as soon as it is there.
pub async fn foo(n: u32) {
    todo!()
}
