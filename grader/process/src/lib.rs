//! The one place that starts a process: with a deadline, bounded output, and its whole tree ended.
//!
//! It knows nothing of checks, verdicts or compilers: a job goes in, what became of it comes out.
//! Three doors: [`run`] for code that is not trusted to end, [`sandbox`] for code that is not trusted at all, and
//! [`hand_over`] for a command that gets the user's terminal. `unix` and `windows` own what the system has to do for it,
//! `pipes` the reading; the waiting and the order of the end are here.
//!
//! Invariants:
//! - After [`run`] nothing that the job started is alive (Linux: also what left its process group or session).
//! - A leader's process id is never signalled after it was reaped, and `wait` is never called for "any child": the
//!   other runs of this process, and processes that others started in it, are left alone.
//! - What a job does to its output, its environment or its limits is an [`Exit`], never an `Err`.

use std::convert::Infallible;
use std::ffi::OsString;
use std::io;
use std::mem;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use pipes::{Event, Pipes, feed, keep};

mod guard;
pub mod sandbox;

mod pipes;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

pub use guard::guard;

#[cfg(unix)]
use unix as platform;
#[cfg(windows)]
use windows as platform;

/// How long the pipes are read on once the tree is dead: a survivor may hold them open for ever.
const DRAIN: Duration = Duration::from_secs(2);
/// How long a killed leader may take to die before it is the machine's fault.
const DEATH: Duration = Duration::from_secs(10);
/// The most that counts, at a time, of a time that runs out.
const MOMENT: Duration = Duration::from_millis(50);
/// Between two looks at whether a job is still wanted.
const GLANCE: Duration = Duration::from_millis(10);
/// Between two attempts to kill what is not dead yet.
const PAUSE: Duration = Duration::from_millis(1);

/// What to start and how it is bounded.
#[derive(Debug, Clone)]
pub struct Job {
    /// The program. By an absolute path, so that no `PATH` decides what runs.
    pub program: PathBuf,
    /// Its arguments, without its own name.
    pub args: Vec<OsString>,
    /// Its whole environment: nothing of the grader's own is passed on.
    pub env: Vec<(OsString, OsString)>,
    /// The directory it starts in.
    pub cwd: PathBuf,
    /// What it can read from its standard input; if empty, that is the null device.
    pub stdin: Vec<u8>,
    /// How far it may go.
    pub limits: Limits,
}

/// How far a job may go.
///
/// The clock and the output are bounded on all systems, processor time on Unix, memory on Linux. On Unix a job writes
/// no core dump, and no file beyond a gigabyte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Wall clock from the start to the leader's end; more is [`Ended::Deadline`]. It stands still while the machine
    /// does not let the grader itself run: a laptop that was shut, a virtual machine without a processor.
    pub deadline: Duration,
    /// Processor time of each single process, rounded up to whole seconds; zero: not bounded. The leader's own
    /// excess is [`Ended::CpuLimit`].
    pub cpu: Duration,
    /// Bytes of private data (`RLIMIT_DATA`) of each single process; 0: not bounded. The allocation that goes beyond
    /// it fails: Rust programs then abort, which shows as [`Ended::Signal`].
    pub memory: u64,
    /// Bytes that are kept of stdout, and as many of stderr. One more, on either, is [`Ended::OutputLimit`].
    pub output: usize,
}

/// What became of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exit {
    /// How its leader, the process that was started, came to its end.
    pub ended: Ended,
    /// The first [`Limits::output`] bytes of its tree's standard output.
    pub stdout: Vec<u8>,
    /// The first [`Limits::output`] bytes of its tree's standard error.
    pub stderr: Vec<u8>,
    /// Besides the leader, other processes of its tree were alive at the end, and were killed. Always `false` on
    /// Windows, which does not tell.
    pub stragglers: bool,
    /// From the start to the leader's end, or to the moment it was cut short.
    pub wall: Duration,
    /// Processor time that the leader used, all its threads together; absent where the system does not tell.
    pub cpu: Option<Duration>,
}

/// How a run came to its end. If several limits were hit, the one that cut it short.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// It exited by itself, with this code.
    Code(i32),
    /// This signal ended it, and neither the grader nor the limit on processor time had sent it.
    Signal(i32),
    /// It was still running at [`Limits::deadline`].
    Deadline,
    /// It used more processor time than [`Limits::cpu`].
    CpuLimit,
    /// It wrote more than [`Limits::output`], even if it then exited by itself.
    OutputLimit,
    /// The user stopped the grader, which says nothing about the job. Seen on Windows only: elsewhere
    /// [`end_all_on_interrupt`] ends the grader before `run` returns.
    Interrupted,
}

/// Runs a job to its end, and whatever it started with it.
///
/// Blocks until the deadline at most, and for some seconds more if its processes don't want to die. Any number may run
/// at once, on as many threads.
///
/// # Errors
/// The machine's failures only, which name the program: it could not be started, or it could not be ended.
pub fn run(job: &Job) -> io::Result<Exit> {
    let started = platform::Tree::start(job).map_err(|cause| not_started(&job.program, &job.cwd, &cause))?;
    let (exit, _) = to_its_end(job, started, MOMENT, &mut || None::<Infallible>)?;
    Ok(exit)
}

/// Like [`run`], but ends the job with its whole tree as soon as `stop` is set. `None`: that is what happened.
///
/// # Errors
/// Those of [`run`].
pub fn run_unless(job: &Job, stop: &AtomicBool) -> io::Result<Option<Exit>> {
    let stopped = || stop.load(Ordering::Acquire).then_some(());
    if stopped().is_some() {
        return Ok(None);
    }
    let started = platform::Tree::start(job).map_err(|cause| not_started(&job.program, &job.cwd, &cause))?;
    let (exit, reason) = to_its_end(job, started, GLANCE, &mut { stopped })?;
    Ok(reason.is_none().then_some(exit))
}

/// Attends a job that was started until it and its tree are gone. `look` is called again and again, `moment` or less
/// apart; if it finds a reason to end the job, that is given back with what became of it.
fn to_its_end<Reason>(
    job: &Job,
    (mut tree, pipes): (platform::Tree, Pipes),
    moment: Duration,
    look: &mut dyn FnMut() -> Option<Reason>,
) -> io::Result<(Exit, Option<Reason>)> {
    let started = Instant::now();
    let (sender, events) = mpsc::channel();
    if let Some(pipe) = pipes.stdin {
        let bytes = job.stdin.clone();
        in_background("stdin", move || feed(pipe, &bytes))?;
    }
    let stdout = keep(pipes.stdout, job.limits.output, sender.clone())?;
    let stderr = keep(pipes.stderr, job.limits.output, sender.clone())?;
    tree.announce_end(sender)?;

    let mut watch = Watch { events, leader_ended: false, open_pipes: 2, overflowed: false };
    let mut patience = Patience::new(job.limits.deadline);
    let mut reason = None;
    let cut_short = loop {
        if watch.overflowed {
            break Some(Ended::OutputLimit);
        }
        if watch.leader_ended {
            break None;
        }
        if patience.is_out() {
            break Some(Ended::Deadline);
        }
        reason = look();
        if reason.is_some() {
            break None;
        }
        watch.next(patience.left.min(moment));
    };
    let wall = started.elapsed();

    // Again and again, even after a natural end: only a dead leader's children come to light, and what is not seen
    // dying may be held by a process that is not seen yet (a tracer, for one).
    let mut patience = Patience::new(DEATH);
    loop {
        tree.kill();
        if watch.leader_ended {
            break;
        }
        if !watch.next(PAUSE) && patience.is_out() {
            return Err(io::Error::other(format!("`{}` was killed and does not die", job.program.display())));
        }
    }
    let (ended, stragglers, cpu) = tree.finish(job)?;

    let mut patience = Patience::new(DRAIN);
    while watch.open_pipes > 0 && !patience.is_out() {
        watch.next(patience.left.min(MOMENT));
    }
    let overflow = watch.overflowed.then_some(Ended::OutputLimit);
    let exit = Exit {
        ended: cut_short.or(overflow).unwrap_or(ended),
        stdout: stdout.take(),
        stderr: stderr.take(),
        stragglers,
        wall,
        cpu,
    };
    Ok((exit, reason))
}

/// Runs a command in the user's terminal, with the grader's own stdio and environment (and `env` on top), unbounded.
///
/// Ctrl-C is the command's to answer: the grader waits until it ends. Returns its exit code; 128 plus the number for
/// a signal.
///
/// # Errors
/// The command could not be started; the message names it.
pub fn hand_over(program: &Path, args: &[OsString], cwd: &Path, env: &[(OsString, OsString)]) -> io::Result<i32> {
    let mut command = command(program, args, cwd);
    command.envs(env.iter().map(|(name, value)| (name, value)));
    platform::hand_over(command).map_err(|cause| not_started(program, cwd, &cause))
}

/// From now on Ctrl-C, SIGTERM and SIGHUP end every tree that is under way, call what [`on_interrupt`] was given, and
/// exit with 130, 143 or 129. To be called once, by `main`, before the first run.
///
/// A signal that the grader was started to ignore (`nohup`) stays ignored. While a command has the terminal
/// ([`hand_over`]), Ctrl-C is left to it and the other two are passed on to it. Does nothing on Windows, where the
/// console ends the grader and its children alike.
pub fn end_all_on_interrupt() {
    platform::end_all_on_interrupt();
}

/// Calls `clean_up` when the user stops the grader, after all trees are dead: destructors don't run then.
///
/// It runs on a thread of its own while the others still do, must be quick, and must not start a process. Never called
/// on Windows.
pub fn on_interrupt(clean_up: impl FnOnce() + Send + 'static) {
    platform::on_interrupt(Box::new(clean_up));
}

/// What was heard so far of a run.
struct Watch {
    events: Receiver<Event>,
    leader_ended: bool,
    open_pipes: usize,
    overflowed: bool,
}

impl Watch {
    /// Waits so long for the next event, and notes it. `false`: none came.
    fn next(&mut self, at_most: Duration) -> bool {
        let event = self.events.recv_timeout(at_most);
        match event {
            Ok(Event::LeaderEnded) => self.leader_ended = true,
            Ok(Event::Closed) => self.open_pipes -= 1,
            Ok(Event::Overflowed) => (self.open_pipes, self.overflowed) = (self.open_pipes - 1, true),
            Err(_) => return false,
        }
        true
    }
}

/// Time that runs out, but not faster than the machine lets us see: of a longer pause between two looks, only a moment
/// counts. To be looked at every [`MOMENT`].
struct Patience {
    left: Duration,
    looked: Instant,
}

impl Patience {
    fn new(left: Duration) -> Self {
        Self { left, looked: Instant::now() }
    }

    fn is_out(&mut self) -> bool {
        let since = mem::replace(&mut self.looked, Instant::now());
        self.left = self.left.saturating_sub(since.elapsed().min(MOMENT));
        self.left.is_zero()
    }
}

fn in_background(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new().name(name.to_owned()).spawn(work).map(drop)
}

/// The job's command with its pipes, environment and directory; the platform adds the bounds.
fn bounded_command(job: &Job) -> Command {
    let mut command = command(&job.program, &job.args, &job.cwd);
    command.env_clear().envs(job.env.iter().map(|(name, value)| (name, value)));
    command.stdin(if job.stdin.is_empty() { Stdio::null() } else { Stdio::piped() });
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

#[expect(clippy::disallowed_methods, reason = "the one place that starts a process")]
fn command(program: &Path, args: &[OsString], cwd: &Path) -> Command {
    let mut command = Command::new(program);
    command.args(args).current_dir(cwd);
    command
}

fn not_started(program: &Path, cwd: &Path, cause: &io::Error) -> io::Error {
    io::Error::new(cause.kind(), format!("failed to start `{}` in `{}`: {cause}", program.display(), cwd.display()))
}
