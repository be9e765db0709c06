//! A gate that threads wait at, and what to do where none can stand.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

/// Where a job stops until the check goes on. It is passed once.
///
/// ```
/// use probe::{Passed, ThreadGate};
///
/// let (opener, gate) = ThreadGate::closed();
/// let job = std::thread::spawn(move || gate.pass());
/// opener.open();
/// assert_eq!(job.join().unwrap(), Passed::Opened);
///
/// let (_opener, gate) = ThreadGate::closed();
/// assert_eq!(gate.pass(), Passed::OpenerIsHere, "a job that its caller runs would wait for itself");
/// ```
pub struct ThreadGate {
    opening: Receiver<()>,
    home: ThreadId,
}

/// Who opens a [`ThreadGate`]. Dropped, it lets through as well.
pub struct Opener(Sender<()>);

/// How a job got past its gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passed {
    /// It was opened.
    Opened,
    /// Its opener was dropped.
    Abandoned,
    /// It is shut, and the job runs on the thread that should open it: waiting would be for ever, so it did not.
    OpenerIsHere,
    /// Nobody opened it in time.
    OutOfPatience,
}

impl ThreadGate {
    /// A closed gate, which is this thread's to open.
    pub fn closed() -> (Opener, ThreadGate) {
        let (sender, opening) = channel();
        (Opener(sender), ThreadGate { opening, home: thread::current().id() })
    }

    /// Waits for as long as it takes: a check that hangs is the deadline's affair.
    pub fn pass(self) -> Passed {
        self.pass_within(Duration::MAX)
    }

    /// Waits, but no longer than this: where a line tells the student more than a hang would.
    pub fn pass_within(self, patience: Duration) -> Passed {
        match self.opening.try_recv() {
            Ok(()) => return Passed::Opened,
            Err(TryRecvError::Disconnected) => return Passed::Abandoned,
            Err(TryRecvError::Empty) if thread::current().id() == self.home => return Passed::OpenerIsHere,
            Err(TryRecvError::Empty) => {}
        }
        match self.opening.recv_timeout(patience) {
            Ok(()) => Passed::Opened,
            Err(RecvTimeoutError::Disconnected) => Passed::Abandoned,
            Err(RecvTimeoutError::Timeout) => Passed::OutOfPatience,
        }
    }
}

impl Opener {
    /// Opens the gate. Whether a job still waits there is not known to anybody.
    pub fn open(self) {
        let _ = self.0.send(());
    }
}

/// Waits for something that only a wrong program lets happen, until it has had every chance to happen.
///
/// How long that is decides nothing about a right program: it is short on an idle machine, and on a busy one the others
/// get their turn when this thread gives up its own. It allocates nothing.
///
/// ```
/// use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
///
/// let flag = AtomicBool::new(false);
/// probe::every_chance(|| flag.swap(true, SeqCst)); // over at the second look
/// assert!(flag.load(SeqCst));
/// ```
pub fn every_chance(mut has_happened: impl FnMut() -> bool) {
    let begun = Instant::now();
    let mut turns = 0;
    while !has_happened() {
        let waited = begun.elapsed();
        if waited > Duration::from_millis(400) || turns >= 50 && waited > Duration::from_millis(10) {
            return;
        }
        thread::yield_now();
        turns += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gate_tells_how_it_was_passed() {
        let (opener, gate) = ThreadGate::closed();
        drop(opener);
        assert_eq!(thread::spawn(|| gate.pass()).join().unwrap(), Passed::Abandoned);
        let (opener, gate) = ThreadGate::closed();
        let passed = thread::spawn(|| gate.pass_within(Duration::ZERO)).join().unwrap();
        assert_eq!(passed, Passed::OutOfPatience);
        opener.open();
        let (opener, gate) = ThreadGate::closed();
        opener.open();
        assert_eq!(gate.pass(), Passed::Opened, "an open gate may be passed by anybody");
    }

    #[test]
    fn what_never_happens_is_given_up() {
        let mut looks = 0;
        every_chance(|| {
            looks += 1;
            false
        });
        assert!(looks > 1);
    }
}
