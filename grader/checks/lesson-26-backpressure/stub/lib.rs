//! Lesson 26: a fast sender and a slow receiver, and nothing that grows between them.
//!
//! You write `produce`, which waits for room in a queue, `serve`, which works on a few items at a time, and `Limit`,
//! which has so many places and no more. `src/main.rs` puts the first two together.

#![allow(unused_variables)] // for the stubs only: take this line out when you are done

use std::fmt::Display;
use tokio::sync::mpsc;

/// Sends the items into the queue, one after the other, and prints `sent ITEM` for each; returns how many it sent.
///
/// It asks for an item only when the queue has room for it, and ends when there is none, or when nobody receives.
// TODO: start here. `queue.send(item).await` wants the item first; which method waits for the room alone?
pub async fn produce<T: Display>(items: impl IntoIterator<Item = T>, queue: mpsc::Sender<T>) -> usize {
    todo!()
}

/// Works on what comes out of the queue, on at most `at_once` items at a time; returns the outputs, the earliest first.
///
/// An item that nobody works on yet stays in the queue.
// TODO: make a stream of the receiver; the adapter does the rest.
pub async fn serve<T, F: Future>(queue: mpsc::Receiver<T>, at_once: usize, work: impl FnMut(T) -> F) -> Vec<F::Output> {
    todo!()
}

/// Why [`Limit::try_run`] did nothing: every place was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Busy;

/// A number of places, shared by whoever has work to do.
pub struct Limit {
    // TODO: what counts places, and keeps those in line who wait for one?
}

impl Limit {
    /// So many places, all of them free.
    pub fn new(places: usize) -> Self {
        todo!()
    }

    /// Waits for a place, behind those who came earlier, and does the work there.
    pub async fn run<F: Future>(&self, work: F) -> F::Output {
        todo!()
    }

    /// Does the work if there is a place right now; else the work is dropped as it is.
    pub async fn try_run<F: Future>(&self, work: F) -> Result<F::Output, Busy> {
        todo!()
    }
}
