//! What a service is fed with: a log by a script, and readers of every manner.

use lesson_29::Limits;
use probe::mark;
use std::collections::VecDeque;
use std::future::Future;
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncBufRead, AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep};

pub struct Scene {
    pub script: Vec<Step>,
    /// Milliseconds at which each comes, and what it is like.
    pub readers: Vec<(u64, Manner)>,
    pub pattern: String,
    pub limits: Limits,
    pub stop: u64,
    /// Whether nobody can come any more, once all are there.
    pub closes: bool,
}

pub fn ms(n: u64) -> Duration {
    Duration::from_millis(n)
}

/// What a read of the log comes to.
#[derive(Clone)]
pub enum Step {
    Piece(Vec<u8>),
    End,
    /// The same, with a mark.
    TellEnd,
    Fails(ErrorKind),
}

/// A log that comes to its end for ever when its script is over.
pub struct Log {
    script: VecDeque<Step>,
    start: Instant,
    /// Reads at the end since the clock moved, and when it did.
    ends: (u32, Instant),
}

/// So many reads at the end in the same instant are a loop that never waits.
const PATIENCE: u32 = 50;

impl Log {
    pub fn new(script: Vec<Step>, start: Instant) -> Log {
        Log { script: script.into(), start, ends: (0, start) }
    }
}

impl AsyncBufRead for Log {
    fn poll_fill_buf(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        let this = self.get_mut();
        let now = Instant::now();
        match this.script.front() {
            Some(Step::Piece(_)) => {}
            Some(Step::Fails(kind)) => {
                let kind = *kind;
                this.script.pop_front();
                return Poll::Ready(Err(kind.into()));
            }
            end => {
                if matches!(end, Some(Step::TellEnd)) {
                    mark!("the end of the log, at {} ms", (now - this.start).as_millis());
                }
                this.script.pop_front();
                this.ends = if this.ends.1 == now { (this.ends.0 + 1, now) } else { (0, now) };
                assert!(this.ends.0 < PATIENCE, "{PATIENCE} reads at the end of the log, and no wait between them");
                return Poll::Ready(Ok(&[]));
            }
        }
        match this.script.front() {
            Some(Step::Piece(piece)) => Poll::Ready(Ok(piece)),
            _ => Poll::Ready(Ok(&[])),
        }
    }

    fn consume(self: Pin<&mut Self>, amount: usize) {
        let script = &mut self.get_mut().script;
        if let Some(Step::Piece(piece)) = script.front_mut() {
            piece.drain(..amount);
            if piece.is_empty() {
                script.pop_front();
            }
        }
    }
}

impl AsyncRead for Log {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, to: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let amount = match self.as_mut().poll_fill_buf(cx) {
            Poll::Ready(Ok(piece)) => {
                let amount = piece.len().min(to.remaining());
                to.put_slice(&piece[..amount]);
                amount
            }
            Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
            Poll::Pending => return Poll::Pending,
        };
        self.consume(amount);
        Poll::Ready(Ok(()))
    }
}

/// What a reader is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    Quick,
    /// Only how much it got is told.
    Count,
    /// Takes so many bytes at a time.
    Bytes(usize),
    /// Each flush takes so many milliseconds.
    Slow(u64),
    /// Takes nothing more after so many lines.
    Stuck(usize),
    /// Fails after so many lines.
    Fails(usize),
    FailsToFlush,
    /// Shutting it down takes so many milliseconds.
    ShutsSlowly(u64),
    FailsToShut,
}

/// One end of a connection: what is written to it is written down.
pub struct Conn {
    manner: Manner,
    start: Instant,
    seen: Seen,
    written: Vec<u8>,
    frames: usize,
    pause: Option<Pin<Box<Sleep>>>,
}

/// What was done to a connection.
#[derive(Clone, Default)]
pub struct Seen(Arc<Mutex<Vec<String>>>);

impl Seen {
    pub fn all(&self) -> String {
        let seen = self.0.lock().expect("nobody panics with it");
        let gone = seen.last().is_some_and(|last| last.starts_with("dropped"));
        format!("{}{}", seen.join(", "), if gone { "" } else { ", and is still held" })
    }

    fn add(&self, what: String) {
        self.0.lock().expect("nobody panics with it").push(what);
    }
}

impl Conn {
    pub fn new(manner: Manner, start: Instant) -> (Conn, Seen) {
        let seen = Seen::default();
        (Conn { manner, start, seen: seen.clone(), written: Vec::new(), frames: 0, pause: None }, seen)
    }

    fn at(&self) -> u128 {
        self.start.elapsed().as_millis()
    }

    /// Waits so long, once a call that comes to its end.
    fn pause(&mut self, cx: &mut Context<'_>, how_long: u64) -> Poll<()> {
        let pause = self.pause.get_or_insert_with(|| Box::pin(sleep(ms(how_long))));
        std::task::ready!(pause.as_mut().poll(cx));
        self.pause = None;
        Poll::Ready(())
    }
}

impl AsyncWrite for Conn {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let most = match this.manner {
            Manner::Stuck(after) if this.frames >= after => return Poll::Pending,
            Manner::Fails(after) if this.frames >= after => {
                return Poll::Ready(Err(ErrorKind::BrokenPipe.into()));
            }
            Manner::Bytes(most) => most.min(bytes.len()),
            _ => bytes.len(),
        };
        this.written.extend(&bytes[..most]);
        Poll::Ready(Ok(most))
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if this.written.is_empty() {
            return Poll::Ready(Ok(()));
        }
        match this.manner {
            Manner::FailsToFlush => return Poll::Ready(Err(ErrorKind::ConnectionReset.into())),
            Manner::Slow(how_long) => std::task::ready!(this.pause(cx, how_long)),
            _ => {}
        }
        let frame = std::mem::take(&mut this.written);
        this.frames += 1;
        if this.manner != Manner::Count {
            this.seen.add(format!("\"{}\" at {} ms", frame.escape_ascii(), this.at()));
        }
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if let Manner::ShutsSlowly(how_long) = this.manner {
            std::task::ready!(this.pause(cx, how_long));
        }
        let rest = if this.written.is_empty() { "" } else { " before its last line is flushed" };
        this.seen.add(format!("shut down at {} ms{rest}", this.at()));
        match this.manner {
            Manner::FailsToShut => Poll::Ready(Err(ErrorKind::NotConnected.into())),
            _ => Poll::Ready(Ok(())),
        }
    }
}

impl Drop for Conn {
    fn drop(&mut self) {
        if self.manner == Manner::Count {
            self.seen.add(format!("{} lines", self.frames));
        }
        // Outside of a runtime there is no clock to ask.
        let at = tokio::runtime::Handle::try_current().map_or(String::new(), |_| format!(" at {} ms", self.at()));
        self.seen.add(format!("dropped{at}"));
    }
}
