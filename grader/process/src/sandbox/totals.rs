//! What all processes of a job have together: memory, processes and threads, disk. The kernel bounds each by itself; here
//! the sums are looked at while the job runs.
//!
//! Where there is a control group of version 2 the kernel could do this. It can't be had on most machines without their
//! owner's help, so nothing rests on it.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::process::Pid;

use super::{Excess, Policy, scratch};
use crate::linux::{children_of, cpu_time, tag_of};

/// Between two looks. A process fills some ten megabytes in it.
pub const MOMENT: Duration = Duration::from_millis(10);
/// Between two looks at the disk, which take longer.
const DISK_MOMENT: Duration = Duration::from_millis(50);
/// bubblewrap's two processes, and the supervisor.
const OURS: u64 = 3;

/// The sums over a running job.
pub struct Totals<'a> {
    policy: &'a Policy,
    leader: Pid,
    tag: u64,
    looked: Instant,
    looked_at_disk: Instant,
    /// The last look found too much memory. Between `vfork` and `exec` a process's memory counts twice, so one look
    /// proves nothing.
    suspected: bool,
    /// Processor time of all that were seen alive together: inside of bubblewrap nobody is left to tell of it when a job
    /// is cut short.
    pub cpu: Duration,
}

impl<'a> Totals<'a> {
    /// For the job with this leader, whose descendants have this tag.
    pub fn new(policy: &'a Policy, leader: Pid, tag: u64) -> Self {
        let now = Instant::now();
        Self { policy, leader, tag, looked: now, looked_at_disk: now, suspected: false, cpu: Duration::ZERO }
    }

    /// Looks, if it is time to, and tells which bound the job is beyond.
    pub fn look(&mut self) -> Option<Excess> {
        if self.looked.elapsed() < MOMENT {
            return None;
        }
        let members = self.members();
        let (memory, tasks) = members.iter().filter_map(|member| usage(*member)).fold((0, 0), add);
        self.cpu = self.cpu.max(members.iter().filter_map(|member| cpu_time(*member)).sum());
        let is_too_much = memory > self.policy.memory;
        let is_sure = is_too_much && self.suspected;
        self.suspected = is_too_much;
        self.looked = Instant::now();
        if is_sure {
            return Some(Excess::Memory);
        }
        if tasks > self.policy.tasks.saturating_add(OURS) {
            return Some(Excess::Tasks);
        }
        if self.looked_at_disk.elapsed() < DISK_MOMENT {
            return None;
        }
        let nameless = members.iter().map(|member| nameless_files(*member)).sum();
        // Compilers do that for a moment, and are not hostile.
        let hides_some = !self.policy.may_fork && members.iter().any(|member| maps_nameless_files(*member));
        let excess = if hides_some { Some(Excess::Disk) } else { self.disk(nameless) };
        self.looked_at_disk = Instant::now();
        excess
    }

    /// What lies in the job's folder, and so many bytes besides.
    pub fn disk(&self, nameless: u64) -> Option<Excess> {
        let allowed = self.policy.disk.saturating_sub(nameless);
        let fits = self.policy.write.as_ref().is_none_or(|folder| scratch::fits(folder, allowed, self.policy.files));
        (nameless > self.policy.disk || !fits).then_some(Excess::Disk)
    }

    /// The leader and all that descends from it, orphans included.
    fn members(&self) -> Vec<Pid> {
        let mut members = vec![self.leader];
        if self.policy.may_fork {
            let orphans = children_of("self").into_iter().filter(|child| *child != self.leader);
            members.extend(orphans.filter(|child| tag_of(*child) == Some(self.tag)));
        }
        let mut asked = 0;
        while let Some(member) = members.get(asked) {
            // What has grown beyond its bounds need not be counted to the end.
            if members.len() as u64 > self.policy.tasks.saturating_add(OURS) {
                break;
            }
            members.extend(children_of(&member.to_string()));
            asked += 1;
        }
        members
    }
}

fn add(left: (u64, u64), right: (u64, u64)) -> (u64, u64) {
    (left.0.saturating_add(right.0), left.1.saturating_add(right.1))
}

/// Where `/proc` tells what all threads of a process share: at one that is alive, which the first need not be. `None`:
/// none is.
fn place_of(process: Pid) -> Option<PathBuf> {
    let place = PathBuf::from(format!("/proc/{process}"));
    if has_memory(&place) {
        return Some(place);
    }
    let threads = fs::read_dir(place.join("task")).ok()?;
    threads.flatten().map(|thread| thread.path()).find(|thread| has_memory(thread))
}

fn has_memory(place: &Path) -> bool {
    fs::read_to_string(place.join("statm")).is_ok_and(|pages| !pages.starts_with("0 "))
}

/// Bytes in memory, or moved out of it, and threads. `None`: it is gone.
fn usage(process: Pid) -> Option<(u64, u64)> {
    let status = fs::read_to_string(place_of(process)?.join("status")).ok()?;
    let number = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
        line.split_whitespace().next().and_then(|word| word.parse::<u64>().ok()).unwrap_or(0)
    };
    Some(((number("VmRSS:") + number("VmSwap:")) * 1024, number("Threads:")))
}

/// Bytes of the files that a process has open, and that lie in no folder any more.
fn nameless_files(process: Pid) -> u64 {
    let files = place_of(process).and_then(|place| fs::read_dir(place.join("fd")).ok());
    let files = files.into_iter().flatten().flatten().filter_map(|file| fs::metadata(file.path()).ok());
    files.filter(|file| file.is_file() && file.nlink() == 0).map(|file| scratch::size(&file)).sum()
}

/// Whether a process has a part of a file in memory that lies in no folder any more. Its size can't be learnt.
fn maps_nameless_files(process: Pid) -> bool {
    let maps = place_of(process).and_then(|place| fs::read(place.join("maps")).ok());
    maps.is_some_and(|maps| maps.split(|byte| *byte == b'\n').any(|line| line.ends_with(b" (deleted)")))
}
