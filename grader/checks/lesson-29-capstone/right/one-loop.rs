//! en: No task at all: everybody is written to by futures that the loop drives along.
//! ru: Ни одной задачи: всем пишут фьючерсы, которые цикл двигает вместе с собой.

use futures::StreamExt;
use futures::future::{BoxFuture, Either, FutureExt, join_all, pending, select};
use futures::stream::FuturesUnordered;
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncWrite, AsyncWriteExt};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, Sleep, sleep, timeout};
use tracing::{Instrument, Level, Span};

/// What a reader may cost the others.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How many lines may wait behind the one that is being written to a reader.
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

struct Reader {
    queue: mpsc::Sender<Arc<Vec<u8>>>,
    span: Span,
    /// Its writer ends when this is dropped.
    holds: oneshot::Sender<()>,
}

type Writers = FuturesUnordered<BoxFuture<'static, ()>>;

/// Follows the log, and sends each line with the pattern in it to every reader, until `stop` is ready.
pub async fn serve<L, W>(
    mut log: L,
    pattern: &str,
    mut readers: mpsc::Receiver<W>,
    limits: Limits,
    stop: impl Future<Output = ()>,
) -> io::Result<Summary>
where
    L: AsyncBufRead + Unpin,
    W: AsyncWrite + Unpin + Send + 'static,
{
    let (mut all, mut writers) = (Vec::<Reader>::new(), Writers::new());
    let mut summary = Summary { lines: 0, slow: 0 };
    let (mut line, mut count) = (Vec::new(), 0_u64);
    let mut pause = Box::pin(sleep(Duration::ZERO));
    let mut stop = pin!(stop);
    let ended = loop {
        let whole = tokio::select! {
            biased;
            () = &mut stop => break Ok(()),
            Some(reader) = readers.recv() => {
                count += 1;
                let span = tracing::span!(Level::INFO, "reader", n = count);
                let (queue, lines) = mpsc::channel(limits.queue);
                let (holds, left) = oneshot::channel();
                let write = write(reader, lines).instrument(span.clone());
                writers.push(async move { drop(select(pin!(write), left).await) }.boxed());
                all.push(Reader { queue, span, holds });
                continue;
            }
            () = drive(&mut writers) => continue,
            whole = next(&mut log, &mut line, pause.as_mut(), limits.idle) => match whole {
                Ok(whole) => Arc::new(whole),
                Err(error) => break Err(error),
            },
        };
        if !(0..whole.len()).any(|at| whole[at..].starts_with(pattern.as_bytes())) {
            continue;
        }
        summary.lines += 1;
        let sends = join_all(all.iter().map(|reader| timeout(limits.patience, reader.queue.send(whole.clone()))));
        let sent = match select(pin!(drive(&mut writers)), pin!(sends)).await {
            Either::Left(((), sends)) => sends.await,
            Either::Right((sent, _)) => sent,
        };
        let mut sent = sent.into_iter();
        all.retain(|reader| match sent.next() {
            Some(Ok(sent)) => sent.is_ok(),
            _ => {
                tracing::warn!(parent: &reader.span, "dropped");
                summary.slow += 1;
                false
            }
        });
    };
    let last: Vec<(Span, oneshot::Sender<()>)> = all.into_iter().map(|reader| (reader.span, reader.holds)).collect();
    let drained = async { while writers.next().await.is_some() {} };
    if timeout(limits.patience, drained).await.is_err() {
        for (span, _) in last.iter().filter(|(_, holds)| !holds.is_closed()) {
            tracing::warn!(parent: span, "dropped at the end");
            summary.slow += 1;
        }
    }
    ended.map(|()| summary)
}

/// Polls the writers for as long as it is polled, and never ends.
async fn drive(writers: &mut Writers) {
    while writers.next().await.is_some() {}
    pending().await
}

async fn next(
    log: &mut (impl AsyncBufRead + Unpin),
    line: &mut Vec<u8>,
    mut pause: Pin<&mut Sleep>,
    idle: Duration,
) -> io::Result<Vec<u8>> {
    loop {
        pause.as_mut().await;
        log.read_until(b'\n', line).await?;
        if line.last() == Some(&b'\n') {
            return Ok(std::mem::take(line));
        }
        pause.as_mut().reset(Instant::now() + idle);
    }
}

async fn write(mut to: impl AsyncWrite + Unpin, mut lines: mpsc::Receiver<Arc<Vec<u8>>>) {
    while let Some(line) = lines.recv().await {
        if to.write_all(&line).await.is_err() || to.flush().await.is_err() {
            return;
        }
    }
    let _ = to.shutdown().await;
}
