//! How many runs are under way at a time, over all submissions that this process grades at once.
//!
//! Compilers take turns, by [`crate::parallel::turn`]. A check that hangs mostly sleeps, so runs are let in as long as the
//! machine has processors and memory to spare: a hundred sleepers then wait side by side. Without [`set`] nothing is
//! bounded here.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

/// What is bounded, and what is under way.
struct Pace {
    always: usize,
    runs: usize,
    now: Mutex<Now>,
    changed: Condvar,
}

#[derive(Default)]
struct Now {
    running: usize,
    /// When runs began that may not have taken their memory yet, and what they may take.
    young: VecDeque<(Instant, u64)>,
}

static PACE: OnceLock<Pace> = OnceLock::new();

/// A run's memory is not seen in what the machine has left before it is this old.
const YOUNG: Duration = Duration::from_millis(500);
/// How often a machine that is full is looked at again.
const AGAIN: Duration = Duration::from_millis(20);
/// Bytes that are left to everybody else.
const FLOOR: u64 = 512 << 20;
/// Runs for each processor that are always let in: as many as a single submission's on a machine of two.
const ALWAYS: usize = 4;
/// The most runs.
const MOST: usize = 256;
/// Bytes of the machine's memory for each run that may be under way: most take a few.
const A_RUN: u64 = 64 << 20;

/// Bounds the runs of this process from now on by what the machine has. Once is enough.
pub fn set(processors: usize) {
    let always = ALWAYS * processors;
    let runs = memory("MemTotal:").map_or(always, |total| (total / A_RUN) as usize);
    PACE.get_or_init(|| Pace {
        always,
        runs: runs.clamp(always, MOST),
        now: Mutex::default(),
        changed: Condvar::new(),
    });
}

/// A place among the runs that are under way, given back when it is dropped.
pub(crate) struct Permit(());

/// Waits until a run may begin. `bytes` is what it may take of memory.
pub(crate) fn wait(bytes: u64) -> Option<Permit> {
    let pace = PACE.get()?;
    let mut now = pace.now();
    while !pace.has_room(&mut now, bytes) {
        now = pace.changed.wait_timeout(now, AGAIN).unwrap_or_else(PoisonError::into_inner).0;
    }
    now.running += 1;
    now.young.push_back((Instant::now(), bytes));
    Some(Permit(()))
}

impl Drop for Permit {
    fn drop(&mut self) {
        let Some(pace) = PACE.get() else { return };
        pace.now().running -= 1;
        pace.changed.notify_all();
    }
}

impl Pace {
    fn now(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn has_room(&self, now: &mut Now, memory: u64) -> bool {
        while now.young.front().is_some_and(|(began, _)| began.elapsed() > YOUNG) {
            now.young.pop_front();
        }
        if now.running < self.always {
            return true;
        }
        let promised: u64 = now.young.iter().map(|(_, memory)| memory).sum();
        let free = self::memory("MemAvailable:").unwrap_or(0);
        now.running < self.runs && free >= FLOOR + memory + promised && runnable().is_some_and(|n| n <= self.always)
    }
}

/// A figure of `/proc/meminfo`, in bytes. Only Linux has it.
fn memory(name: &str) -> Option<u64> {
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok().map(|kib| kib << 10)
}

/// How many threads of the machine want a processor just now: the fourth figure of `/proc/loadavg`.
fn runnable() -> Option<usize> {
    let text = std::fs::read_to_string("/proc/loadavg").ok()?;
    text.split(' ').nth(3)?.split('/').next()?.parse().ok()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn the_machine_tells_its_memory_and_its_load() {
        let (total, free) = (memory("MemTotal:").unwrap(), memory("MemAvailable:").unwrap());
        assert!(free <= total && total > 1 << 20, "{free} of {total}");
        assert!(runnable().unwrap() >= 1, "we run");
        assert_eq!(memory("Nothing:"), None);
    }

    #[test]
    fn a_run_is_let_in_by_what_the_young_may_still_take() {
        let pace = Pace { always: 1, runs: 8, now: Mutex::default(), changed: Condvar::new() };
        let mut now = pace.now();
        assert!(pace.has_room(&mut now, u64::MAX / 4), "one is always let in");
        now.running = 1;
        now.young.push_back((Instant::now(), u64::MAX / 4));
        assert!(!pace.has_room(&mut now, 1 << 20));
        now.running = 8;
        now.young.clear();
        assert!(!pace.has_room(&mut now, 0), "no more than are bounded");
    }
}
