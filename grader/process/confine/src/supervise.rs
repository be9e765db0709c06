//! Runs the program as a child, and tells how it truly ended.
//!
//! In bubblewrap, as the first process of a namespace: bubblewrap folds a signal into an exit code, which a program could
//! then forge. Such a process can't be signalled from inside, and when it ends the kernel ends all others.
//!
//! Without a namespace, where the program may have children: they would outlive a grader that is killed, so somebody
//! has to be there who ends them.

use std::fs;
use std::io;
use std::mem::MaybeUninit;

use rustix::process::{DumpableBehavior, getpid, set_child_subreaper, set_dumpable_behavior};

use crate::arguments::Orders;
use crate::enter::{Failure, become_program};
use crate::status::Status;

/// Runs the program to its end, ends whatever it left behind, and tells `ended …`.
pub fn supervise(orders: &Orders, status: &Status) -> Result<(), Failure> {
    set_dumpable_behavior(DumpableBehavior::NotDumpable).map_err(|error| Failure::of("hide its memory", error))?;
    // SAFETY: this process has one thread, so its copy has every lock free.
    let child = unsafe { libc::fork() };
    match child {
        -1 => return Err(Failure::of("start a process", io::Error::last_os_error())),
        0 => {
            let Failure(why) = become_program(orders, status);
            status.tell(&format!("failed {why}"));
            // SAFETY: it ends this copy at once.
            unsafe { libc::_exit(i32::from(crate::NOT_ENTERED)) }
        }
        _ => {}
    }

    let mut usage = NO_USAGE;
    let ended = loop {
        if orders.is_on_its_own() && wait_for_a_signal() == libc::SIGUSR1 {
            end_descendants();
            return Err(Failure("failed to find the grader alive".to_owned()));
        }
        let options = if orders.is_on_its_own() { libc::WNOHANG } else { 0 };
        match wait_for_any(options, &mut usage) {
            Waited::Ended(pid, ended) if pid == child => break ended,
            Waited::Ended(..) | Waited::NobodyYet => {}
            Waited::Nobody => return Err(Failure("failed to wait for the program".to_owned())),
        }
    };
    let microseconds = |time: libc::timeval| time.tv_sec * 1_000_000 + time.tv_usec;
    let cpu = microseconds(usage.ru_utime) + microseconds(usage.ru_stime);
    // Without a namespace the grader itself finds what is left.
    let stragglers = if orders.is_on_its_own() { 0 } else { end_namespace() };
    status.tell(&format!("ended {ended} {cpu} {stragglers}"));
    Ok(())
}

/// To be called before this process can be told that the grader has died: the news waits to be asked for.
pub fn hold_signals() -> Result<(), Failure> {
    // SAFETY: the set is valid, and nobody else has it.
    let done = unsafe { libc::sigprocmask(libc::SIG_BLOCK, &raw const *signals(), std::ptr::null_mut()) };
    let subreaper = set_child_subreaper(Some(getpid()));
    if done == 0 && subreaper.is_ok() {
        return Ok(());
    }
    Err(Failure::of("prepare to supervise", io::Error::last_os_error()))
}

/// What a supervisor without a namespace waits for: a child's end, and the grader's.
fn signals() -> Box<libc::sigset_t> {
    let mut set = Box::new(MaybeUninit::uninit());
    // SAFETY: the first call initialises the set; the others only add to it.
    unsafe {
        libc::sigemptyset(set.as_mut_ptr());
        libc::sigaddset(set.as_mut_ptr(), libc::SIGCHLD);
        libc::sigaddset(set.as_mut_ptr(), libc::SIGUSR1);
        set.assume_init()
    }
}

fn wait_for_a_signal() -> i32 {
    // SAFETY: the set is valid; nobody wants to know more about the signal than its number.
    unsafe { libc::sigwaitinfo(&raw const *signals(), std::ptr::null_mut()) }
}

/// Kills and reaps all that descends from this process: what loses its parent comes to it.
fn end_descendants() {
    let own = std::process::id();
    loop {
        let children = fs::read_to_string(format!("/proc/{own}/task/{own}/children")).unwrap_or_default();
        for child in children.split_whitespace().filter_map(|word| word.parse().ok()) {
            // SAFETY: no memory is touched. The number is a child's, until it is reaped below.
            unsafe { libc::kill(child, libc::SIGKILL) };
        }
        if let Waited::Nobody = wait_for_any(0, &mut NO_USAGE.clone()) {
            return;
        }
    }
}

/// Kills and reaps all others in the namespace that this process is the first of. Returns how many were alive.
fn end_namespace() -> u32 {
    let mut stragglers = 0;
    // Outside of a namespace it would be all processes of this user.
    while std::process::id() == 1 {
        // SAFETY: no memory is touched.
        unsafe { libc::kill(-1, libc::SIGKILL) };
        match wait_for_any(0, &mut NO_USAGE.clone()) {
            Waited::Ended(_, ended) => {
                stragglers += u32::from(libc::WIFSIGNALED(ended) && libc::WTERMSIG(ended) == libc::SIGKILL);
            }
            Waited::NobodyYet => {}
            Waited::Nobody => break,
        }
    }
    stragglers
}

const NO_TIME: libc::timeval = libc::timeval { tv_sec: 0, tv_usec: 0 };
const NO_USAGE: libc::rusage = libc::rusage {
    ru_utime: NO_TIME,
    ru_stime: NO_TIME,
    ru_maxrss: 0,
    ru_ixrss: 0,
    ru_idrss: 0,
    ru_isrss: 0,
    ru_minflt: 0,
    ru_majflt: 0,
    ru_nswap: 0,
    ru_inblock: 0,
    ru_oublock: 0,
    ru_msgsnd: 0,
    ru_msgrcv: 0,
    ru_nsignals: 0,
    ru_nvcsw: 0,
    ru_nivcsw: 0,
};

/// What came of waiting.
enum Waited {
    /// This child, with this wait status.
    Ended(i32, i32),
    /// All children are alive.
    NobodyYet,
    /// There is no child.
    Nobody,
}

/// Waits for the next child to end, and notes what it used.
fn wait_for_any(options: i32, usage: &mut libc::rusage) -> Waited {
    loop {
        let mut ended = 0;
        // SAFETY: both are valid for writing, and live beyond the call.
        let pid = unsafe { libc::wait4(-1, &raw mut ended, options, usage) };
        match pid {
            1.. => return Waited::Ended(pid, ended),
            0 => return Waited::NobodyYet,
            _ if io::Error::last_os_error().kind() == io::ErrorKind::Interrupted => {}
            _ => return Waited::Nobody,
        }
    }
}
