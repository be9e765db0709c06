//! Backpressure: who is slow slows down who is fast, by a queue with an end, by hands that are counted, by places.

use futures::stream::{self, StreamExt};
use std::fmt::Display;
use tokio::sync::{Semaphore, mpsc};

/// Sends the items, one after the other, and prints `sent ITEM` for each; returns how many there were.
///
/// It reserves a place before it asks for an item, so no item is ever in hand without a place to go.
/// It ends with the items, or when nobody receives any more.
pub async fn produce<T: Display>(items: impl IntoIterator<Item = T>, queue: mpsc::Sender<T>) -> usize {
    let mut items = items.into_iter();
    let mut sent = 0;
    while let Ok(place) = queue.reserve().await {
        let Some(item) = items.next() else { break };
        println!("sent {item}");
        place.send(item);
        sent += 1;
    }
    sent
}

/// Works on what comes out of the queue, on at most `at_once` items at a time; returns the outputs, the earliest first.
///
/// What nobody works on yet stays in the queue, where it takes up room.
pub async fn serve<T, F: Future>(
    mut queue: mpsc::Receiver<T>,
    at_once: usize,
    work: impl FnMut(T) -> F,
) -> Vec<F::Output> {
    stream::poll_fn(move |cx| queue.poll_recv(cx)).map(work).buffer_unordered(at_once).collect().await
}

/// Why [`Limit::try_run`] did nothing: every place was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Busy;

/// A number of places, shared by whoever has work to do.
pub struct Limit {
    places: Semaphore,
}

impl Limit {
    /// So many places, all of them free.
    pub fn new(places: usize) -> Self {
        Limit { places: Semaphore::new(places) }
    }

    /// Waits for a place, behind those who came earlier, and does the work there.
    pub async fn run<F: Future>(&self, work: F) -> F::Output {
        let _place = self.places.acquire().await.expect("nobody closes it");
        work.await
    }

    /// Does the work if there is a place right now; else the work is dropped as it is.
    pub async fn try_run<F: Future>(&self, work: F) -> Result<F::Output, Busy> {
        let _place = self.places.try_acquire().map_err(|_| Busy)?;
        Ok(work.await)
    }
}
