//! Lesson 29: `tail -f | grep`, served to many readers, none of whom holds up the others.
//!
//! You write `serve`, and in `src/tests.rs` the tests that a service has to pass. `src/main.rs` serves a real file over TCP.

#![allow(unused_variables, unused_imports, unused_mut, dead_code)] // for the stubs only: take this line out when you are done

use std::io;
use std::time::Duration;
use tokio::io::{AsyncBufRead, AsyncWrite};
use tokio::sync::mpsc;

#[cfg(test)]
mod tests;

/// What a reader may cost the others.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How many lines may wait behind the one that is being written to a reader. At least 1.
    pub queue: usize,
    /// How long a line waits for room in full queues, and how long the ending may take.
    pub patience: Duration,
    /// How long to wait at the end of the log before it is read again.
    pub idle: Duration,
}

/// What a service has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// Lines that matched.
    pub lines: u64,
    /// Readers that were dropped because they were too slow.
    pub slow: u64,
}

/// Follows the log, and sends each line with the pattern in it to every reader, until `stop` is ready.
///
/// Fails with the error of the log, after everybody got what was queued.
// TODO: begin with one reader and no queue, and see `lines` and `follows` pass. Then a task and a queue for each reader.
pub async fn serve<L, W>(
    log: L,
    pattern: &str,
    mut readers: mpsc::Receiver<W>,
    limits: Limits,
    stop: impl Future<Output = ()>,
) -> io::Result<Summary>
where
    L: AsyncBufRead + Unpin,
    W: AsyncWrite + Unpin + Send + 'static,
{
    todo!()
}
