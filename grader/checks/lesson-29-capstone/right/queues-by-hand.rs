//! en: Queues by hand, in one lock, with a `Notify` for each side; tasks that are told by `watch` when it is over.
//! ru: Очереди сделаны вручную, под одной блокировкой, с `Notify` для каждой стороны; о конце задачам сообщает `watch`.

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncWrite, AsyncWriteExt};
use tokio::sync::{Notify, mpsc};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout_at};
use tracing::Instrument;

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

/// Lines on their way to one reader.
#[derive(Default)]
struct Queue {
    state: Mutex<State>,
    filled: Notify,
    emptied: Notify,
}

#[derive(Default)]
struct State {
    lines: VecDeque<Arc<[u8]>>,
    /// No line will come.
    closed: bool,
    /// Nobody takes them.
    gone: bool,
}

impl Queue {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn take(&self) -> Option<Arc<[u8]>> {
        loop {
            {
                let mut state = self.lock();
                if let Some(line) = state.lines.pop_front() {
                    self.emptied.notify_one();
                    return Some(line);
                }
                if state.closed {
                    return None;
                }
            }
            self.filled.notified().await;
        }
    }

    fn set(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.lock());
        self.filled.notify_one();
        self.emptied.notify_one();
    }
}

struct Reader {
    span: tracing::Span,
    queue: Arc<Queue>,
    task: JoinHandle<()>,
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.task.abort();
    }
}

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
    let mut stop = Box::pin(stop);
    let mut hall: Vec<Reader> = Vec::new();
    let mut summary = Summary { lines: 0, slow: 0 };
    let mut line: Vec<u8> = Vec::new();
    let (mut numbers, mut wait_till) = (1_u64.., None);
    let ended = loop {
        let read = async {
            if let Some(till) = wait_till {
                tokio::time::sleep_until(till).await;
            }
            log.read_until(b'\n', &mut line).await
        };
        tokio::select! {
            biased;
            () = stop.as_mut() => break None,
            Some(mut to) = readers.recv() => {
                let span = tracing::info_span!("reader", n = numbers.next());
                let queue = Arc::new(Queue::default());
                let lines = queue.clone();
                let task = async move {
                    while let Some(line) = lines.take().await {
                        if to.write_all(&line).await.is_err() || to.flush().await.is_err() {
                            return lines.set(|state| state.gone = true);
                        }
                    }
                    let _ = to.shutdown().await;
                };
                let task = tokio::spawn(task.instrument(span.clone()));
                hall.push(Reader { span, queue, task });
            }
            read = read => {
                match read {
                    Err(error) => break Some(error),
                    Ok(_) if !line.ends_with(b"\n") => {
                        wait_till = Some(Instant::now() + limits.idle);
                        continue;
                    }
                    Ok(_) => wait_till = None,
                }
                if contains(&line, pattern) {
                    summary.lines += 1;
                    summary.slow += send(&mut hall, line.as_slice().into(), limits).await;
                }
                line.clear();
            }
        }
    };
    hall.iter().for_each(|reader| reader.queue.set(|state| state.closed = true));
    let till = Instant::now() + limits.patience;
    let mut late = Vec::new();
    for mut reader in hall {
        if timeout_at(till, &mut reader.task).await.is_err() {
            reader.span.in_scope(|| tracing::warn!("late"));
            summary.slow += 1;
        }
        late.push(reader);
    }
    drop(late);
    sleep(Duration::ZERO).await;
    ended.map_or(Ok(summary), Err)
}

fn contains(line: &[u8], pattern: &str) -> bool {
    let pattern = pattern.as_bytes();
    let mut rest = line;
    while !rest.starts_with(pattern) {
        let Some((_, behind)) = rest.split_first() else { return false };
        rest = behind;
    }
    true
}

/// How many readers were too slow for this line.
async fn send(hall: &mut Vec<Reader>, line: Arc<[u8]>, limits: Limits) -> u64 {
    let line = &line;
    let till = Instant::now() + limits.patience;
    let mut slow = 0;
    let mut kept = Vec::new();
    // Whoever has room gets it at once; only then is anybody waited for.
    let mut full = Vec::new();
    for reader in hall.drain(..) {
        let mut state = reader.queue.lock();
        if state.gone {
            continue;
        }
        if state.lines.len() < limits.queue {
            state.lines.push_back(line.clone());
            reader.queue.filled.notify_one();
            drop(state);
            kept.push(reader);
        } else {
            drop(state);
            full.push(reader);
        }
    }
    let waits = full.into_iter().map(|reader| async move {
        let room = async {
            loop {
                {
                    let mut state = reader.queue.lock();
                    if state.gone {
                        return false;
                    }
                    if state.lines.len() < limits.queue {
                        state.lines.push_back(line.clone());
                        reader.queue.filled.notify_one();
                        return true;
                    }
                }
                reader.queue.emptied.notified().await;
            }
        };
        let made = timeout_at(till, room).await;
        (reader, made)
    });
    for (reader, made) in futures::future::join_all(waits).await {
        match made {
            Ok(true) => kept.push(reader),
            Ok(false) => {}
            Err(_) => {
                reader.span.in_scope(|| tracing::warn!("full"));
                slow += 1;
            }
        }
    }
    *hall = kept;
    slow
}
