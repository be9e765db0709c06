//! Unix: a session for each job, resource limits, and the end of a whole process tree.
//!
//! Owns the list of the runs under way in this process, and the signals that stop the grader. `linux` adds what only
//! that kernel has. Elsewhere memory is not bounded, and a process that leaves the job's group (`setsid`) outlives it.
//! Only Linux was tried; for macOS this follows the manuals.
//!
//! One lock, [`registry`], orders what must not overlap: the start of a leader until it is on the list, every signal
//! to another process, every reaping. So no sweep meets a leader that is not on the list yet, and no signal meets a
//! process id that was given to somebody else.

use std::collections::BTreeMap;
use std::io;
use std::os::fd::BorrowedFd;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::{Child, Command, ExitStatus, exit};
use std::sync::mpsc::Sender;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::io::{Errno, FdFlags, fcntl_setfd};
use rustix::process::{
    Pid, Resource, Rlimit, Signal, WaitId, WaitIdOptions, getpid, getrlimit, kill_process, kill_process_group,
    setrlimit, setsid, waitid,
};
use signal_hook::consts::signal::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use super::pipes::{Event, Pipes};
use super::{Ended, Job, Limits, PAUSE, bounded_command, in_background};

#[cfg(target_os = "linux")]
use super::linux as system;

/// Other systems have no way to find what left its group.
#[cfg(not(target_os = "linux"))]
mod system {
    use super::*;

    pub(super) struct Stray {
        pub(super) tag: u64,
        pub(super) killed: bool,
    }

    pub(super) fn adopt_orphans() -> io::Result<u64> {
        Ok(0)
    }

    pub(super) fn confine(_grader: Pid, _tag: u64, _must_be_tagged: bool) -> Result<(), Errno> {
        Ok(())
    }

    pub(super) fn sweep(_is_leader: impl Fn(Pid) -> bool, _is_over: impl Fn(u64) -> bool) -> Vec<Stray> {
        Vec::new()
    }

    pub(super) fn cpu_time(_process: Pid) -> Option<Duration> {
        None
    }

    pub(super) fn is_ignored(_signal: i32) -> bool {
        false
    }
}

/// Bytes that any file of a job may grow to.
const LARGEST_FILE: u64 = 1 << 30;
/// Bytes of address space beyond the data: shared libraries, and what `malloc` reserves for threads.
const ADDRESS_SPACE: u64 = 1 << 30;
/// How long a tree is swept that grows as fast as it is killed. What is left then, the next sweep meets.
const SWEEP: Duration = Duration::from_secs(5);

/// What this process has started and not reaped.
struct Registry {
    /// The runs' leaders, by their tags.
    leaders: BTreeMap<u64, Pid>,
    /// The newest run's tag: see [`system`].
    last_tag: u64,
    /// The commands that have the terminal.
    handed_over: Vec<Pid>,
    /// What is called before the grader exits on a signal.
    clean_ups: Vec<Box<dyn FnOnce() + Send>>,
}

fn registry() -> MutexGuard<'static, Registry> {
    static REGISTRY: Mutex<Registry> =
        Mutex::new(Registry { leaders: BTreeMap::new(), last_tag: 0, handed_over: Vec::new(), clean_ups: Vec::new() });
    REGISTRY.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Registry {
    fn new_tag(&mut self) -> io::Result<u64> {
        if self.last_tag == 0 {
            self.last_tag = system::adopt_orphans()?;
        }
        self.last_tag += 1;
        Ok(self.last_tag)
    }

    /// Kills and reaps what descends from the runs that `is_over` tells, but for leaders.
    fn sweep(&self, is_over: impl Fn(u64) -> bool) -> Vec<system::Stray> {
        system::sweep(|child| self.leaders.values().any(|leader| *leader == child), is_over)
    }
}

/// A running job and all that descends from it. Dropped before [`Tree::finish`], it is killed.
pub(super) struct Tree {
    child: Child,
    leader: Pid,
    tag: u64,
    stragglers: bool,
    finished: bool,
}

impl Tree {
    /// Starts the job within its limits, as the leader of a session and group of its own.
    pub(super) fn start(job: &Job) -> io::Result<(Self, Pipes)> {
        Self::start_with(job, None)
    }

    /// The same, and the job inherits this file, under the number that it has here. Such a job must be found again, or
    /// it is not started.
    pub(super) fn start_with(job: &Job, inherited: Option<BorrowedFd<'static>>) -> io::Result<(Self, Pipes)> {
        let mut command = bounded_command(job);
        let bounds = bounds(&job.limits);
        let grader = getpid();

        let mut registry = registry();
        let tag = registry.new_tag()?;
        let confine = move || {
            setsid()?;
            system::confine(grader, tag, inherited.is_some())?;
            inherited.map_or(Ok(()), |file| fcntl_setfd(file, FdFlags::empty()))?;
            bounds.iter().try_for_each(|(resource, limit)| setrlimit(*resource, *limit))?;
            Ok(())
        };
        // SAFETY: `confine` runs in a copy of one thread of this process, whose other threads may have held any lock.
        // It only makes system calls: it allocates nothing, takes no lock and reads no environment.
        unsafe { command.pre_exec(confine) };
        let mut child = command.spawn()?;
        let leader = Pid::from_child(&child);
        registry.leaders.insert(tag, leader);

        let pipes = Pipes::of(&mut child);
        Ok((Self { child, leader, tag, stragglers: false, finished: false }, pipes))
    }

    /// The process that was started.
    #[cfg(target_os = "linux")]
    pub(super) fn leader(&self) -> Pid {
        self.leader
    }

    /// What its descendants are known by.
    #[cfg(target_os = "linux")]
    pub(super) fn tag(&self) -> u64 {
        self.tag
    }

    /// Sends [`Event::LeaderEnded`] once the leader has ended, and leaves it to be reaped.
    pub(super) fn announce_end(&self, ended: Sender<Event>) -> io::Result<()> {
        let leader = self.leader;
        in_background("wait", move || {
            wait_for(leader);
            let _ = ended.send(Event::LeaderEnded);
        })
    }

    /// Kills what can be seen of the tree; after the leader's end, its group only. The leader is not reaped: its number
    /// must stay the group's.
    pub(super) fn kill(&mut self) {
        let registry = registry();
        let has_ended = has_ended(self.leader);
        let signalled = kill_process_group(self.leader, Signal::KILL).is_ok();
        // There (XNU, `killpg1`) a group of nothing but its dead leader refuses signals. On Linux the sweep tells.
        self.stragglers |= cfg!(target_vendor = "apple") && has_ended && signalled;
        if !has_ended {
            self.sweep(&registry);
        }
    }

    /// Ends what has come to light of this tree, and what earlier ones may have left. `true`: there was nothing.
    fn sweep(&mut self, registry: &Registry) -> bool {
        let strays = registry.sweep(|tag| tag == self.tag || !registry.leaders.contains_key(&tag));
        self.stragglers |= strays.iter().any(|stray| stray.killed && stray.tag == self.tag);
        strays.is_empty()
    }

    /// To be called once the leader has ended: kills what is left of its tree, and reaps it. Tells how the leader
    /// ended, whether there was anything else to kill, and the processor time that the leader used.
    pub(super) fn finish(mut self, job: &Job) -> io::Result<(Ended, bool, Option<Duration>)> {
        let patience = Instant::now() + SWEEP;
        while !self.sweep(&registry()) && Instant::now() < patience {
            thread::park_timeout(PAUSE);
        }

        let mut registry = registry();
        let cpu_used = system::cpu_time(self.leader);
        registry.leaders.remove(&self.tag);
        self.finished = true;
        let status = self.child.wait()?;
        Ok((ended(status, cpu_used, &job.limits), self.stragglers, cpu_used))
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        if !self.finished {
            self.kill();
            // No wait: it may be what does not die. Off the list, it is for the next sweep to reap.
            registry().leaders.remove(&self.tag);
        }
    }
}

/// What a wait status means for a process that has used so much processor time.
pub(super) fn ended(status: ExitStatus, cpu_used: Option<Duration>, limits: &Limits) -> Ended {
    let used_up = |cpu: Duration| !limits.cpu.is_zero() && cpu >= limits.cpu;
    match status.signal().and_then(Signal::from_named_raw) {
        Some(Signal::XCPU) => Ended::CpuLimit,
        // It ignored the first signal; the second is not to be ignored.
        Some(Signal::KILL) if cpu_used.is_some_and(used_up) => Ended::CpuLimit,
        _ => status.signal().map_or_else(|| Ended::Code(status.code().unwrap_or_default()), Ended::Signal),
    }
}

/// What the kernel refuses the job, each no higher than what the grader itself may have.
fn bounds(limits: &Limits) -> Vec<(Resource, Rlimit)> {
    let mut bounds = vec![(Resource::Core, 0, 0), (Resource::Fsize, LARGEST_FILE, LARGEST_FILE)];
    if !limits.cpu.is_zero() {
        let seconds = limits.cpu.as_secs().saturating_add(u64::from(limits.cpu.subsec_nanos() > 0));
        bounds.push((Resource::Cpu, seconds, seconds.saturating_add(1)));
    }
    if cfg!(target_os = "linux") && limits.memory > 0 {
        let address_space = limits.memory.saturating_add(ADDRESS_SPACE);
        bounds.push((Resource::Data, limits.memory, limits.memory));
        // Shared mappings are no data.
        bounds.push((Resource::As, address_space, address_space));
    }
    let capped = |(resource, soft, hard): (Resource, u64, u64)| {
        let highest = getrlimit(resource).maximum.unwrap_or(u64::MAX);
        (resource, Rlimit { current: Some(soft.min(highest)), maximum: Some(hard.min(highest)) })
    };
    bounds.into_iter().map(capped).collect()
}

/// Blocks until a child of this process has ended; does not reap it.
fn wait_for(child: Pid) {
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
    while matches!(waitid(WaitId::Pid(child), options), Err(Errno::INTR)) {}
}

fn has_ended(child: Pid) -> bool {
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT | WaitIdOptions::NOHANG;
    !matches!(waitid(WaitId::Pid(child), options), Ok(None))
}

/// In the grader's own session and group, so that the terminal treats both as one.
pub(super) fn hand_over(mut command: Command) -> io::Result<i32> {
    let mut child = {
        let mut registry = registry();
        let child = command.spawn()?;
        registry.handed_over.push(Pid::from_child(&child));
        child
    };
    let pid = Pid::from_child(&child);
    wait_for(pid);
    let mut registry = registry();
    registry.handed_over.retain(|other| *other != pid);
    let status = child.wait()?;
    Ok(status.code().or_else(|| status.signal().map(|signal| 128 + signal)).unwrap_or_default())
}

pub(super) fn on_interrupt(clean_up: Box<dyn FnOnce() + Send>) {
    registry().clean_ups.push(clean_up);
}

/// Without this, for instance if no thread can be had for it, a signal ends the grader at once, and the kernel its
/// leaders.
pub(super) fn end_all_on_interrupt() {
    let heeded = [SIGINT, SIGTERM, SIGHUP].into_iter().filter(|signal| !system::is_ignored(*signal));
    let Ok(mut signals) = Signals::new(heeded) else { return };
    let _ = in_background("signals", move || {
        for signal in signals.forever() {
            let registry = registry();
            if registry.handed_over.is_empty() {
                end_all(registry, signal);
            }
            // Ctrl-C has reached them already.
            if let Some(signal) = Signal::from_named_raw(signal).filter(|signal| *signal != Signal::INT) {
                for pid in &registry.handed_over {
                    let _ = kill_process(*pid, signal);
                }
            }
        }
    });
}

/// Never lets go of the lock: nobody starts another process, or returns from a run and goes on, until the exit.
fn end_all(mut registry: MutexGuard<'_, Registry>, signal: i32) -> ! {
    let patience = Instant::now() + SWEEP;
    loop {
        for leader in registry.leaders.values() {
            let _ = kill_process_group(*leader, Signal::KILL);
        }
        // The leaders first: what they leave behind comes to light only then.
        let dead = registry.leaders.values().all(|leader| has_ended(*leader));
        if (registry.sweep(|_| true).is_empty() && dead) || Instant::now() > patience {
            break;
        }
        thread::park_timeout(PAUSE);
    }
    for clean_up in registry.clean_ups.drain(..) {
        // A panic would be the end of this thread, not of the process.
        let _ = catch_unwind(AssertUnwindSafe(clean_up));
    }
    exit(128 + signal)
}
