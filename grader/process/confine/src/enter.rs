//! The order in which things are given up, and the step into the program.

use std::io;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, ExitCode};

use rustix::process::{Pid, Resource, Rlimit, Signal, getppid, set_parent_process_death_signal, setrlimit};
use rustix::thread::set_no_new_privs;

use crate::arguments::{Limit, Orders};
use crate::status::Status;
use crate::{NOT_ENTERED, calls, files, identity, supervise};

/// Bytes of a stack; the hard limit too, so that nobody raises it.
const STACK: u64 = 8 << 20;

/// What could not be given up, as a sentence's end: `set the limit of open files: …`.
pub struct Failure(pub String);

impl Failure {
    /// `what` failed, because of `cause`.
    pub fn of(what: &str, cause: impl std::fmt::Display) -> Self {
        Self(format!("failed to {what}: {cause}"))
    }
}

/// Gives up what it is told to and becomes the program, or its supervisor. Comes back if it could not, or once the
/// supervised program has ended.
pub fn enter(orders: &Orders) -> ExitCode {
    let status = match Status::take(orders.status_fd) {
        Ok(status) => status,
        Err(error) => {
            eprintln!("confine: failed to take over the status pipe: {error}");
            return ExitCode::from(NOT_ENTERED);
        }
    };
    let outcome = settle(orders, &status).and_then(|()| {
        if orders.supervise { supervise::supervise(orders, &status) } else { Err(become_program(orders, &status)) }
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure(why)) => {
            status.tell(&format!("failed {why}"));
            ExitCode::from(NOT_ENTERED)
        }
    }
}

/// What holds for the supervisor and the program alike.
fn settle(orders: &Orders, status: &Status) -> Result<(), Failure> {
    // What a compiler leaves in its scratch is for others to read.
    // SAFETY: no memory is touched.
    unsafe { libc::umask(0o022) };
    for (limit, value) in &orders.limits {
        let (resource, name) = match limit {
            Limit::Files => (Resource::Nofile, "open files"),
            Limit::Tasks => (Resource::Nproc, "processes"),
            Limit::FileSize => (Resource::Fsize, "file sizes"),
        };
        bound(resource, name, *value)?;
    }
    bound(Resource::Stack, "stacks", STACK)?;
    bound(Resource::Memlock, "locked memory", 0)?;
    bound(Resource::Msgqueue, "message queues", 0)?;
    bound(Resource::Sigpending, "pending signals", 256)?;
    bound(Resource::Rtprio, "priorities", 0)?;
    set_no_new_privs(true).map_err(|error| Failure::of("give up new privileges", error))?;
    if let Some(id) = orders.identity {
        identity::become_user(id)?;
    }
    let at_the_graders_death = if orders.is_on_its_own() {
        supervise::hold_signals()?;
        Signal::USR1
    } else {
        Signal::KILL
    };
    // After the change of identity, which the kernel takes for a reason to forget it.
    set_parent_process_death_signal(Some(at_the_graders_death))
        .map_err(|error| Failure::of("tie its life to the grader's", error))?;
    let orphaned = orders.parent.is_some_and(|parent| getppid().map(Pid::as_raw_pid) != Some(parent));
    if orphaned || status.is_deserted() {
        return Err(Failure("failed to find the grader alive".to_owned()));
    }
    Ok(())
}

/// Sets a limit, soft and hard, unless the hard one is lower already.
fn bound(resource: Resource, name: &str, value: u64) -> Result<(), Failure> {
    let value = rustix::process::getrlimit(resource).maximum.map_or(value, |highest| value.min(highest));
    setrlimit(resource, Rlimit { current: Some(value), maximum: Some(value) })
        .map_err(|error| Failure::of(&format!("set the limit of {name}"), error))
}

/// Gives up files and system calls, tells that it is ready, and becomes the program. Comes back only if that failed.
pub fn become_program(orders: &Orders, status: &Status) -> Failure {
    let given_up = files::give_up(orders).and_then(|()| calls::give_up(orders.may_fork));
    if let Err(failure) = given_up {
        return failure;
    }
    status.tell("ready");
    let error = exec(&orders.program, orders);
    Failure(format!("failed to start `{}`: {error}", orders.program.display()))
}

#[expect(clippy::disallowed_methods, reason = "no process is started: this one becomes another program")]
fn exec(program: &Path, orders: &Orders) -> io::Error {
    let mut command = Command::new(program);
    command.args(&orders.args);
    for name in &orders.unset {
        command.env_remove(name);
    }
    // It also takes back what the runtime of this program did to SIGPIPE.
    command.exec()
}
