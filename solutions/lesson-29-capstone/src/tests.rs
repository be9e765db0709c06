//! The service under a paused clock: what a reader of the task would ask of any service that claims to keep it.

use super::{Limits, Summary, serve};
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, BufReader, DuplexStream, ReadBuf, duplex};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout};

const LIMITS: Limits = Limits { queue: 2, patience: Duration::from_millis(100), idle: Duration::from_millis(10) };

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

/// A service at work, and what it is fed through.
struct Stage {
    readers: mpsc::Sender<DuplexStream>,
    log: Log,
    stop: oneshot::Sender<()>,
    done: JoinHandle<io::Result<Summary>>,
}

fn stage(pattern: &'static str) -> Stage {
    let log = Log::default();
    let (readers, waiting) = mpsc::channel(8);
    let (stop, stopped) = oneshot::channel::<()>();
    let stopped = async move {
        let _ = stopped.await;
    };
    let read = log.clone();
    let done = tokio::spawn(async move { serve(BufReader::new(read), pattern, waiting, LIMITS, stopped).await });
    Stage { readers, log, stop, done }
}

impl Stage {
    /// A reader whose connection holds so many bytes that it has not read.
    async fn reader(&self, room: usize) -> DuplexStream {
        let (ours, theirs) = duplex(room);
        self.readers.send(theirs).await.unwrap();
        sleep(Duration::from_millis(1)).await;
        ours
    }

    async fn end(self) -> Summary {
        self.stop.send(()).unwrap();
        timeout(LIMITS.patience * 2, self.done).await.expect("it ends in time").unwrap().unwrap()
    }
}

/// What comes within a second, be it only a part.
async fn hear(reader: &mut (impl AsyncRead + Unpin), bytes: usize) -> String {
    let mut heard = Vec::new();
    let all = async {
        let mut byte = [0];
        while heard.len() < bytes && reader.read(&mut byte).await.unwrap_or(0) == 1 {
            heard.push(byte[0]);
        }
    };
    let _ = timeout(Duration::from_secs(1), all).await;
    String::from_utf8(heard).unwrap()
}

#[tokio::test(start_paused = true)]
async fn whole_matching_lines_come_to_everybody() {
    let stage = stage("py");
    let (mut one, mut two) = (stage.reader(1 << 10).await, stage.reader(1 << 10).await);
    stage.log.append("rust\npython\npy");
    assert_eq!(hear(&mut one, 99).await, "python\n");
    stage.log.append("py\n");
    assert_eq!(hear(&mut one, 5).await, "pypy\n");
    assert_eq!(hear(&mut two, 12).await, "python\npypy\n");
    assert_eq!(stage.end().await, Summary { lines: 2, slow: 0 });
}

#[tokio::test(start_paused = true)]
async fn who_is_stuck_is_dropped_and_holds_up_nobody() {
    let stage = stage("");
    let (mut stuck, mut quick) = (stage.reader(1).await, stage.reader(1 << 10).await);
    let start = Instant::now();
    for n in 0..8 {
        stage.log.append(&format!("{n}\n"));
        assert_eq!(hear(&mut quick, 2).await, format!("{n}\n"));
    }
    assert!(start.elapsed() <= LIMITS.patience + Duration::from_millis(90), "{:?}", start.elapsed());
    assert!(hear(&mut stuck, 99).await.len() < 6, "its queue is lost with it");
    assert_eq!(stage.end().await, Summary { lines: 8, slow: 1 });
}

#[tokio::test(start_paused = true)]
async fn who_is_slow_but_makes_room_in_time_stays() {
    let stage = stage("");
    let mut slow = stage.reader(1).await;
    stage.log.append("0\n1\n2\n3\n4\n5\n");
    for n in 0..6 {
        sleep(LIMITS.patience / 2).await;
        assert_eq!(hear(&mut slow, 2).await, format!("{n}\n"));
    }
    assert_eq!(stage.end().await, Summary { lines: 6, slow: 0 });
}

#[tokio::test(start_paused = true)]
async fn who_is_gone_takes_nobody_along() {
    let stage = stage("");
    let (gone, mut stays) = (stage.reader(1 << 10).await, stage.reader(1 << 10).await);
    drop(gone);
    stage.log.append("0\n1\n2\n3\n4\n");
    assert_eq!(hear(&mut stays, 10).await, "0\n1\n2\n3\n4\n");
    assert_eq!(stage.end().await, Summary { lines: 5, slow: 0 });
}

#[tokio::test(start_paused = true)]
async fn the_end_gives_everybody_what_is_queued_and_waits_for_nobody_longer() {
    let stage = stage("");
    let (mut slow, _stuck) = (stage.reader(1).await, stage.reader(1).await);
    stage.log.append("0\n1\n2\n");
    sleep(Duration::from_millis(50)).await;
    let heard = tokio::spawn(async move {
        sleep(Duration::from_millis(30)).await;
        hear(&mut slow, 99).await
    });
    assert_eq!(stage.end().await, Summary { lines: 3, slow: 1 });
    assert_eq!(heard.await.unwrap(), "0\n1\n2\n");
}
