//! What goes into a job and what comes out of it, through pipes, each attended by a thread of its own.
//!
//! It knows how much is kept, not what it means: the watching thread hears an [`Event`] at each end.

use std::io::{self, Read, Write};
use std::mem;
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};

use super::in_background;

/// What a running job tells the thread that watches it.
pub(super) enum Event {
    /// The leader has ended, and is still to be reaped.
    LeaderEnded,
    /// A pipe was read to its end.
    Closed,
    /// More came out of a pipe than is kept. It is read no further.
    Overflowed,
}

/// The three pipes of a new child.
pub(super) struct Pipes {
    pub(super) stdin: Option<ChildStdin>,
    pub(super) stdout: Option<ChildStdout>,
    pub(super) stderr: Option<ChildStderr>,
}

impl Pipes {
    pub(super) fn of(child: &mut Child) -> Self {
        Self { stdin: child.stdin.take(), stdout: child.stdout.take(), stderr: child.stderr.take() }
    }
}

/// Bytes that a thread is still reading: what is there can be taken before it is done.
pub(super) struct Kept(Arc<Mutex<Vec<u8>>>);

impl Kept {
    pub(super) fn take(&self) -> Vec<u8> {
        mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Reads a pipe on a thread of its own, keeps the first `cap` bytes, and sends how it ended.
pub(super) fn keep(pipe: Option<impl Read + Send + 'static>, cap: usize, done: Sender<Event>) -> io::Result<Kept> {
    let kept = Arc::new(Mutex::new(Vec::new()));
    let shared = Arc::clone(&kept);
    in_background("output", move || {
        let overflowed = pipe.is_some_and(|mut pipe| {
            let mut chunk = vec![0; 16 * 1024];
            while let Some(n) = read(&mut pipe, &mut chunk) {
                let mut kept = shared.lock().unwrap_or_else(PoisonError::into_inner);
                let room = cap - kept.len();
                kept.extend_from_slice(&chunk[..n.min(room)]);
                if n > room {
                    // Before the pipe is dropped: the writer's SIGPIPE must not be heard of first.
                    let _ = done.send(Event::Overflowed);
                    return true;
                }
            }
            false
        });
        if !overflowed {
            let _ = done.send(Event::Closed);
        }
    })?;
    Ok(Kept(kept))
}

/// How many bytes came; `None` at the end, and a pipe that fails has ended.
fn read(pipe: &mut impl Read, chunk: &mut [u8]) -> Option<usize> {
    loop {
        match pipe.read(chunk) {
            Ok(0) => return None,
            Ok(n) => return Some(n),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return None,
        }
    }
}

/// Writes it all, as far as the job cares to read, and closes.
pub(super) fn feed(mut pipe: ChildStdin, bytes: &[u8]) {
    let _ = pipe.write_all(bytes);
}
