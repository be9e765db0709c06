//! Windows: the deadline and the cap on output, and nothing more.
//!
//! What is missing, and wants a Job object (`KILL_ON_JOB_CLOSE`, a memory limit, processor time): only the leader is
//! killed, its children live on; neither memory nor processor time is bounded; a grader that is ended from outside
//! leaves its jobs behind. So other people's code is not graded on Windows. This file was written by the manuals, and
//! never compiled or run there.
//!
//! Jobs stay in the grader's own console group: Ctrl-C ends them with the grader, without a handler of ours.

use std::io;
use std::process::{Child, Command};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use super::pipes::{Event, Pipes};
use super::{Ended, Job, bounded_command, in_background};

/// How often a leader is asked whether it has ended: a wait that blocks would keep others from killing it.
const POLL: Duration = Duration::from_millis(5);
/// `STATUS_CONTROL_C_EXIT`: what the console ends a program with on Ctrl-C.
const CONTROL_C: i32 = 0xC000_013A_u32.cast_signed();

/// A running job. Dropped before [`Tree::finish`], it is killed.
pub(super) struct Tree(Arc<Mutex<Child>>);

impl Tree {
    /// Starts the job.
    pub(super) fn start(job: &Job) -> io::Result<(Self, Pipes)> {
        let mut child = bounded_command(job).spawn()?;
        let pipes = Pipes::of(&mut child);
        Ok((Self(Arc::new(Mutex::new(child))), pipes))
    }

    /// Sends [`Event::LeaderEnded`] once the leader has ended.
    pub(super) fn announce_end(&self, ended: Sender<Event>) -> io::Result<()> {
        let child = Arc::clone(&self.0);
        in_background("wait", move || {
            while matches!(lock(&child).try_wait(), Ok(None)) {
                thread::park_timeout(POLL);
            }
            let _ = ended.send(Event::LeaderEnded);
        })
    }

    /// Kills the leader. Harmless once it has ended.
    pub(super) fn kill(&mut self) {
        let _ = lock(&self.0).kill();
    }

    /// To be called once the leader has ended: how it did. Its children and its processor time are not known.
    pub(super) fn finish(self, _job: &Job) -> io::Result<(Ended, bool, Option<Duration>)> {
        let status = lock(&self.0).wait()?;
        let ended = match status.code() {
            Some(CONTROL_C) => Ended::Interrupted,
            code => Ended::Code(code.unwrap_or_default()),
        };
        Ok((ended, false, None))
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        self.kill();
    }
}

fn lock(child: &Mutex<Child>) -> MutexGuard<'_, Child> {
    child.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The console's Ctrl-C reaches both; the grader may be gone before the command has answered it.
pub(super) fn hand_over(mut command: Command) -> io::Result<i32> {
    Ok(command.status()?.code().unwrap_or_default())
}

pub(super) fn on_interrupt(_clean_up: Box<dyn FnOnce() + Send>) {}

pub(super) fn end_all_on_interrupt() {}
