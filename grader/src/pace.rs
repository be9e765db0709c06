//! How many jobs are under way at a time, over all submissions that this process grades at once.
//!
//! A compiler keeps a processor busy; a check that hangs mostly sleeps. So compilers are as many as are told, while runs
//! are let in as long as the machine has processors and memory to spare: a hundred sleepers then wait side by side.
//! Without [`set`] nothing is bounded here.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

/// What is bounded, and what is under way.
struct Pace {
    compilers: usize,
    always: usize,
    runs: usize,
    now: Mutex<Now>,
    changed: Condvar,
}

#[derive(Default)]
struct Now {
    compiling: usize,
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
/// Bytes of the machine's memory for each run that may be under way: most take a few.
const A_RUN: u64 = 64 << 20;

/// Bounds the jobs of this process from now on: so many compilers, and runs by what the machine has. Once is enough.
pub fn set(compilers: usize) {
    let runs = memory("MemTotal:").map_or(4 * compilers, |total| (total / A_RUN) as usize);
    PACE.get_or_init(|| Pace {
        compilers,
        always: 2 * compilers,
        runs: runs.clamp(2 * compilers, 256),
        now: Mutex::default(),
        changed: Condvar::new(),
    });
}

/// A place among those that are under way, given back when it is dropped.
pub(crate) struct Permit {
    compiles: bool,
}

/// Waits until a job may begin. `memory` is what it may take, in bytes.
pub(crate) fn wait(compiles: bool, memory: u64) -> Option<Permit> {
    let pace = PACE.get()?;
    let mut now = pace.now();
    while !if compiles { now.compiling < pace.compilers } else { pace.has_room(&mut now, memory) } {
        now = pace.changed.wait_timeout(now, AGAIN).unwrap_or_else(PoisonError::into_inner).0;
    }
    if compiles {
        now.compiling += 1;
    } else {
        now.running += 1;
        now.young.push_back((Instant::now(), memory));
    }
    Some(Permit { compiles })
}

impl Drop for Permit {
    fn drop(&mut self) {
        let Some(pace) = PACE.get() else { return };
        let mut now = pace.now();
        if self.compiles {
            now.compiling -= 1;
        } else {
            now.running -= 1;
        }
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
        let pace = Pace { compilers: 1, always: 1, runs: 8, now: Mutex::default(), changed: Condvar::new() };
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
