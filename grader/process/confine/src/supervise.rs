//! The first process of a process namespace: runs the program as its child, and tells how it truly ended.
//!
//! bubblewrap folds a signal into an exit code, which a program could then forge. The namespace's first process can't
//! be signalled from inside of it, and when it ends the kernel ends all others.

use std::io;

use rustix::process::{DumpableBehavior, set_dumpable_behavior};

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
        match wait_for_any(0, &mut usage) {
            Some((pid, ended)) if pid == child => break ended,
            Some(_) => {}
            None => return Err(Failure("failed to wait for the program".to_owned())),
        }
    };
    let microseconds = |time: libc::timeval| time.tv_sec * 1_000_000 + time.tv_usec;
    let cpu = microseconds(usage.ru_utime) + microseconds(usage.ru_stime);

    // SAFETY: to all of this namespace but itself; outside of one it would be to all of this user.
    let kill_all = || unsafe { libc::kill(-1, libc::SIGKILL) };
    let mut stragglers = 0;
    if std::process::id() == 1 {
        kill_all();
        while let Some((_, ended)) = wait_for_any(0, &mut NO_USAGE.clone()) {
            stragglers += i32::from(libc::WIFSIGNALED(ended) && libc::WTERMSIG(ended) == libc::SIGKILL);
            kill_all();
        }
    }
    status.tell(&format!("ended {ended} {cpu} {stragglers}"));
    Ok(())
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

/// The next child to end and its wait status; `None`: there is none left.
fn wait_for_any(options: i32, usage: &mut libc::rusage) -> Option<(i32, i32)> {
    loop {
        let mut ended = 0;
        // SAFETY: both are valid for writing, and live beyond the call.
        let pid = unsafe { libc::wait4(-1, &raw mut ended, options, usage) };
        match pid {
            1.. => return Some((pid, ended)),
            _ if io::Error::last_os_error().kind() == io::ErrorKind::Interrupted => {}
            _ => return None,
        }
    }
}
