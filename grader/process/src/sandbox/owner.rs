//! Root's jobs are other users: a number for each run that no account has, and no other run at the same time.
//!
//! Processes of different users can't signal, trace or bound each other, and limits on a user's processes are the run's.

use std::fs;
use std::io;
use std::sync::{Mutex, PoisonError};

use rustix::process::{geteuid, getpid};

/// Runs at a time, in one grader.
const SLOTS: usize = 256;
/// Where the numbers begin, far beyond those of accounts; process ids have 22 bits, slots 8.
const BASE: u32 = 1 << 30;
/// The same where a container has only the usual 65,536 numbers: room for 16 graders.
const LOW_BASE: u32 = 60_000;
const LOW_GRADERS: u32 = 16;

/// The slots that are taken.
static TAKEN: Mutex<[bool; SLOTS]> = Mutex::new([false; SLOTS]);

/// A user of one run. Its number is given to another run once it is dropped.
pub struct Owner {
    /// The number of the user, and of its group.
    pub id: u32,
    slot: usize,
}

impl Owner {
    /// A new one, if this process is root; else `None`: its jobs are the same user as it is.
    ///
    /// Fails if no number can be had.
    pub fn take() -> io::Result<Option<Self>> {
        if !geteuid().is_root() {
            return Ok(None);
        }
        let first = first_number()?;
        let mut taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
        let slot = taken.iter().position(|taken| !taken);
        let slot = slot.ok_or_else(|| io::Error::other(format!("more than {SLOTS} jobs in sandboxes at a time")))?;
        taken[slot] = true;
        Ok(Some(Self { id: first + slot as u32, slot }))
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        TAKEN.lock().unwrap_or_else(PoisonError::into_inner)[self.slot] = false;
    }
}

/// The first of this grader's numbers.
fn first_number() -> io::Result<u32> {
    let grader = getpid().as_raw_pid().unsigned_abs();
    let slots = SLOTS as u32;
    let high = BASE + (grader << 8);
    let low = LOW_BASE + grader % LOW_GRADERS * slots;
    let [users, groups] = ["uid_map", "gid_map"].map(|map| fs::read_to_string(format!("/proc/self/{map}")));
    let (users, groups) = (users?, groups?);
    let is_there = |first: u32| [&users, &groups].iter().all(|map| covers(map, first, slots));
    [high, low].into_iter().find(|first| is_there(*first)).ok_or_else(|| {
        io::Error::other("root has no unprivileged user to run a job as: this container has too few user numbers")
    })
}

/// Whether a map of the kernel's has these `n` numbers, all in one of its lines.
fn covers(map: &str, first: u32, n: u32) -> bool {
    map.lines().any(|line| {
        let mut numbers = line.split_whitespace().map(|word| word.parse().unwrap_or(0));
        let [inside, _, length]: [u64; 3] = std::array::from_fn(|_| numbers.next().unwrap_or(0));
        inside <= first.into() && u64::from(first) + u64::from(n) <= inside + length
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_a_container_are_known_to_be_few() {
        assert!(covers("         0          0 4294967295\n", BASE, 256));
        assert!(!covers("0 100000 65536\n", BASE, 256));
        assert!(covers("0 100000 65536\n", LOW_BASE + 15 * 256, 256));
        assert!(!covers("0 1000 1\n", LOW_BASE, 256));
    }
}
