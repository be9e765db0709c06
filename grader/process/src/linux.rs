//! Linux: finding every process of a run again, wherever it hid.
//!
//! The grader is the subreaper of all that it starts: an orphan becomes its child, whatever session or group it went
//! to. But whose was it, when several runs are under way? Each run's leader gets a *tag*: its own value of a resource
//! limit that the kernel has not looked at since Linux 2.4 (`RLIMIT_LOCKS`). Every descendant inherits it, through
//! `fork`, `exec` and `setsid`, and can lower it but not raise it. Children without a tag were not started by a run and
//! are not touched.
//!
//! Two kinds escape. Root can raise the limit, and with it shed its tag: hence root runs no foreign code; and in the
//! sandbox nobody changes a limit. And when the grader itself is killed with SIGKILL, the kernel ends the leaders, but
//! nobody sweeps.

use std::fs;
use std::io;
use std::time::{Duration, Instant};

use rustix::io::Errno;
use rustix::process::{
    Pid, Resource, Rlimit, Signal, WaitId, WaitIdOptions, getpid, getppid, getrlimit, kill_process,
    set_child_subreaper, set_parent_process_death_signal, setrlimit, waitid,
};
use rustix::thread::set_no_new_privs;

/// The unit of processor times in `/proc`, on all architectures that Rust is used on.
const TICKS_A_SECOND: u64 = 100;
/// The tags of one grader process.
const TAGS: u64 = 1 << 20;
/// How long the members of a tree are looked for before those that were found are killed.
const WALK: Duration = Duration::from_secs(1);

/// A process that a sweep came upon.
pub(super) struct Stray {
    /// Whose it was.
    pub(super) tag: u64,
    /// It was alive, and is dead.
    pub(super) killed: bool,
}

/// Makes this process the one that orphans come to, for good. Returns the number that its tags are counted up from: no
/// other grader's, not even of one that runs in it and leaves it its orphans.
pub(super) fn adopt_orphans() -> io::Result<u64> {
    set_child_subreaper(Some(getpid()))?;
    let own = getpid().as_raw_pid().unsigned_abs();
    Ok((u64::from(own) * TAGS).min(untagged().saturating_sub(TAGS)))
}

/// What this process has for a tag itself.
fn untagged() -> u64 {
    getrlimit(Resource::Locks).maximum.unwrap_or(u64::MAX)
}

/// In the child, between `fork` and `exec`: it dies with the grader, gains no privileges, and bears its tag.
pub(super) fn confine(grader: Pid, tag: u64, must_be_tagged: bool) -> Result<(), Errno> {
    set_parent_process_death_signal(Some(Signal::KILL))?;
    if getppid() != Some(grader) {
        // It was gone before it could be tied to.
        return Err(Errno::SRCH);
    }
    // Some kernels in user space refuse this one; then its orphans are not found, as on other systems.
    let tagged = setrlimit(Resource::Locks, Rlimit { current: Some(tag), maximum: Some(tag) });
    if must_be_tagged {
        tagged?;
    }
    set_no_new_privs(true)
}

/// Kills and reaps this process's children whose tag `is_over`, and kills what descends from them. Leaders are left to
/// those who started them.
///
/// Doesn't wait for their death: to be repeated until none is found.
pub(super) fn sweep(is_leader: impl Fn(Pid) -> bool, is_over: impl Fn(u64) -> bool) -> Vec<Stray> {
    let untagged = untagged();
    let mut strays: Vec<(Pid, u64)> = Vec::new();
    for child in children_of("self").into_iter().filter(|child| !is_leader(*child)) {
        strays.extend(tag_of(child).filter(|tag| *tag < untagged && is_over(*tag)).map(|tag| (child, tag)));
    }

    // Stopped before it is asked for its children, a process has no more of them; nor does it reap any, so that their
    // numbers stay theirs. (If it ignores SIGCHLD the kernel reaps; a number would have to come round in between.)
    let patience = Instant::now() + WALK;
    let mut tree: Vec<Pid> = strays.iter().map(|(child, _)| *child).collect();
    let mut stopped = 0;
    while let Some(pid) = tree.get(stopped).copied().filter(|_| Instant::now() < patience) {
        let _ = kill_process(pid, Signal::STOP);
        tree.extend(children_of(&pid.to_string()));
        stopped += 1;
    }
    for pid in tree {
        let _ = kill_process(pid, Signal::KILL);
    }
    strays.into_iter().map(|(child, tag)| Stray { tag, killed: reap(child) == Some(Signal::KILL.as_raw()) }).collect()
}

/// The signal that a dead child died of; `None` also if it is not dead yet.
fn reap(child: Pid) -> Option<i32> {
    let status = waitid(WaitId::Pid(child), WaitIdOptions::EXITED | WaitIdOptions::NOHANG);
    status.ok().flatten().and_then(|status| status.terminating_signal())
}

/// The children of a process, dead ones included; none if it is gone.
pub(super) fn children_of(process: &str) -> Vec<Pid> {
    let Ok(threads) = fs::read_dir(format!("/proc/{process}/task")) else { return Vec::new() };
    let lists = threads.flatten().filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok());
    lists.flat_map(|list| list.split_whitespace().filter_map(parse_pid).collect::<Vec<_>>()).collect()
}

fn parse_pid(word: &str) -> Option<Pid> {
    Pid::from_raw(word.parse().ok()?)
}

/// `None`: it is gone, or has no such limit.
pub(super) fn tag_of(process: Pid) -> Option<u64> {
    let limits = fs::read_to_string(format!("/proc/{process}/limits")).ok()?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max file locks"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// The processor time that a process has used, all its threads together, while it is not reaped.
pub(super) fn cpu_time(process: Pid) -> Option<Duration> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The second field, a name in brackets, may hold anything; after it, user and system time are the 12th and 13th.
    let (_, fields) = stat.rsplit_once(')')?;
    let ticks = fields.split_whitespace().skip(11).take(2).map(str::parse::<u64>).sum::<Result<u64, _>>().ok()?;
    Some(Duration::from_millis(ticks * 1000 / TICKS_A_SECOND))
}

/// Whether the grader was started with this signal ignored.
pub(super) fn is_ignored(signal: i32) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:")).map(str::trim);
    mask.and_then(|mask| u64::from_str_radix(mask, 16).ok()).is_some_and(|mask| mask >> (signal - 1) & 1 == 1)
}
