//! Where jobs of lesson 01 wait: at a gate that is opened later, or for one another.

use lesson_01::Pool;
use probe::{Passed, ThreadGate, mark};
use std::collections::HashSet;
use std::sync::mpsc::channel;
use std::sync::{Arc, Condvar, Mutex, OnceLock};
use std::thread::{self, ThreadId};
use std::time::Duration;

/// After this a job no longer waits for the others, and says so: a line tells more than a hang.
pub const PATIENCE: Duration = Duration::from_secs(2);

/// Waits at the gate, and says so if it does not open.
pub fn pass(gate: ThreadGate) {
    match gate.pass_within(PATIENCE) {
        Passed::Opened | Passed::Abandoned => {}
        Passed::OpenerIsHere => mark!("the job runs on the caller's thread, which should open its gate"),
        Passed::OutOfPatience => {
            mark!("{PATIENCE:?} later the caller has not opened the gate: it must be waiting itself");
        }
    }
}

/// Where jobs wait until all of them are there.
struct Meeting {
    expected: usize,
    present: Mutex<usize>,
    arrival: Condvar,
    caller: ThreadId,
    /// How many were there when the first of them lost patience.
    failed_with: OnceLock<usize>,
}

impl Meeting {
    fn of(expected: usize) -> Arc<Self> {
        let (present, arrival, failed_with) = (Mutex::new(0), Condvar::new(), OnceLock::new());
        Arc::new(Meeting { expected, present, arrival, caller: thread::current().id(), failed_with })
    }

    fn attend(&self) -> ThreadId {
        let here = thread::current().id();
        let mut present = self.present.lock().expect("nobody panics with it");
        *present += 1;
        self.arrival.notify_all();
        if here != self.caller && self.failed_with.get().is_none() {
            let missing = |present: &mut usize| *present < self.expected;
            let waited = self.arrival.wait_timeout_while(present, PATIENCE, missing);
            let (present, wait) = waited.expect("nobody panics with it");
            if wait.timed_out() {
                let _ = self.failed_with.set(*present);
            }
        }
        here
    }
}

/// So many jobs that wait for one another; the threads they ran on, if they met.
pub fn meet(pool: &Pool, n: usize) -> Result<HashSet<ThreadId>, String> {
    let meeting = Meeting::of(n);
    let submit = |_| {
        let meeting = Arc::clone(&meeting);
        let (ran, run) = channel();
        (pool.submit(move || drop(ran.send(meeting.attend()))), run)
    };
    let submitted: Vec<_> = (0..n).map(submit).collect();
    // Every result is asked for, so that no job is left over.
    let mut threads = HashSet::new();
    for (fut, run) in submitted {
        let () = fut.result();
        threads.extend(run.try_recv());
    }
    match meeting.failed_with.get() {
        Some(present) => Err(format!("{PATIENCE:?} later {present} of them are under way")),
        None if threads.contains(&meeting.caller) => Err("they run on the caller's thread".to_owned()),
        None => Ok(threads),
    }
}
