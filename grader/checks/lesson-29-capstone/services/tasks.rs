//! The service that the learner's tests are held against: right as it stands, and broken where a flaw is asked for.
//!
//! `tail -f | grep`, served: a log is followed, and each matching line goes to every reader, none of whom holds up the
//! others for longer than it was agreed.
//!
//! A reader has a task that writes, and a bounded queue in front of it. All tasks belong to one `JoinSet`, so nothing
//! outlives [`serve`].

use futures::future::join_all;
use probe::flaw;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncWrite, AsyncWriteExt};
use tokio::sync::mpsc;
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::{Instant, sleep_until, timeout};
use tracing::{Instrument, Span, info_span, warn};

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
    let mut hall = Hall::new(limits);
    let mut lines = Lines { log, line: Vec::new(), idle: limits.idle, till: None };
    let mut stop = pin!(stop);
    let ended = loop {
        tokio::select! {
            biased;
            () = &mut stop => break Ok(()),
            Some(reader) = readers.recv(), if !(flaw!("first-come") && hall.welcomed == 1) => hall.welcome(reader),
            line = lines.next() => match line {
                Ok(line) if contains(&line, pattern.as_bytes()) || flaw!("every-line") => {
                    hall.send(line).await;
                    if flaw!("gone-ends-all") && hall.gone {
                        break Err(io::ErrorKind::BrokenPipe.into());
                    }
                }
                Ok(_) => {}
                Err(error) => break Err(error),
            },
        }
    };
    let summary = hall.close().await;
    ended.map(|()| summary)
}

/// A log that is followed. What was read of a line stays here, and so does the wait at the log's end: a `next` that is
/// dropped, since a reader came, loses nothing and begins nothing anew.
struct Lines<L> {
    log: L,
    line: Vec<u8>,
    idle: Duration,
    till: Option<Instant>,
}

impl<L: AsyncBufRead + Unpin> Lines<L> {
    /// The next line, once it is whole.
    async fn next(&mut self) -> io::Result<Vec<u8>> {
        loop {
            if let Some(till) = self.till {
                sleep_until(till).await;
                self.till = None;
            }
            self.log.read_until(b'\n', &mut self.line).await?;
            if self.line.ends_with(b"\n") || (flaw!("parts") && !self.line.is_empty()) {
                return Ok(std::mem::take(&mut self.line));
            }
            self.till = Some(Instant::now() + self.idle);
        }
    }
}

fn contains(line: &[u8], pattern: &[u8]) -> bool {
    pattern.is_empty() || line.windows(pattern.len()).any(|part| part == pattern)
}

/// All readers, and what became of those who left.
struct Hall {
    limits: Limits,
    readers: Vec<Reader>,
    writers: JoinSet<()>,
    welcomed: u64,
    gone: bool,
    summary: Summary,
}

/// Longer than anybody waits.
const FOR_EVER: Duration = Duration::from_secs(1 << 30);

struct Reader {
    span: Span,
    queue: mpsc::Sender<Arc<[u8]>>,
    writer: AbortHandle,
}

impl Hall {
    fn new(limits: Limits) -> Hall {
        let summary = Summary { lines: 0, slow: 0 };
        Hall { limits, readers: Vec::new(), writers: JoinSet::new(), welcomed: 0, gone: false, summary }
    }

    fn welcome(&mut self, to: impl AsyncWrite + Unpin + Send + 'static) {
        self.welcomed += 1;
        let span = info_span!("reader", n = self.welcomed);
        let (queue, lines) = mpsc::channel(self.limits.queue);
        let writer = self.writers.spawn(write(to, lines).instrument(span.clone()));
        self.readers.push(Reader { span, queue, writer });
    }

    /// Gives everybody the line. Who makes no room for it in time, is dropped; so is who is gone.
    async fn send(&mut self, line: Vec<u8>) {
        self.summary.lines += 1;
        let line: Arc<[u8]> = line.into();
        let patience = match self.limits.patience {
            _ if flaw!("waits-for-ever") => FOR_EVER,
            _ if flaw!("no-patience") => Duration::ZERO,
            patience => patience,
        };
        let sends = self.readers.iter().map(|reader| timeout(patience, reader.queue.send(line.clone())));
        let sent = join_all(sends).await;
        for (reader, sent) in std::mem::take(&mut self.readers).into_iter().zip(sent) {
            match sent {
                Ok(Ok(())) => self.readers.push(reader),
                Ok(Err(_)) => self.gone = true,
                Err(_) if flaw!("skips") => self.readers.push(reader),
                Err(_) => {
                    reader.span.in_scope(|| warn!("too slow"));
                    reader.writer.abort();
                    self.summary.slow += 1;
                }
            }
        }
        while self.writers.try_join_next().is_some() {}
    }

    /// Lets everybody have what is queued, as long as there is time.
    async fn close(mut self) -> Summary {
        let late: Vec<(Span, AbortHandle)> =
            self.readers.drain(..).map(|reader| (reader.span, reader.writer)).collect();
        if flaw!("loses-the-queue") {
            self.writers.abort_all();
        }
        let patience = if flaw!("never-ends") { FOR_EVER } else { self.limits.patience };
        let all = async { while self.writers.join_next().await.is_some() {} };
        if timeout(patience, all).await.is_err() {
            for (span, _) in late.iter().filter(|(_, writer)| !writer.is_finished()) {
                span.in_scope(|| warn!("too slow at the end"));
                self.summary.slow += 1;
            }
        }
        self.writers.shutdown().await;
        self.summary
    }
}

/// Writes a reader's lines, each flushed before the next; and says goodbye when there will be no more.
async fn write(mut to: impl AsyncWrite + Unpin, mut lines: mpsc::Receiver<Arc<[u8]>>) {
    while let Some(line) = lines.recv().await {
        if to.write_all(&line).await.is_err() || to.flush().await.is_err() {
            return;
        }
    }
    let _ = to.shutdown().await;
}
