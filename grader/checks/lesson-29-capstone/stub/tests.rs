//! Your own tests of `serve`. `cargo test -p lesson-29` runs them against your service; the grader also runs them against
//! services of its own, right and broken.

use super::{Limits, Summary, serve};
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, BufReader, DuplexStream, ReadBuf, duplex};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{sleep, timeout};

/// A log in memory. Where nothing is left to read it is at its end, as a file is, until more is appended.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn append(&self, text: &str) {
        self.0.lock().unwrap().extend(text.as_bytes());
    }
}

impl AsyncRead for Log {
    fn poll_read(self: Pin<&mut Self>, _: &mut Context<'_>, to: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let mut there = self.0.lock().unwrap();
        let amount = there.len().min(to.remaining());
        to.put_slice(&there[..amount]);
        there.drain(..amount);
        Poll::Ready(Ok(()))
    }
}

// TODO: a test for each bullet of the task. The first could be this one.
#[tokio::test(start_paused = true)]
async fn whole_matching_lines_come_to_everybody() {
    todo!()
}
