//! One run in a sandbox: the job is put behind `confine`, its totals are watched, and what `confine` says of itself is
//! held against what was seen.

use std::io::{self, PipeWriter};
use std::os::fd::{AsRawFd, BorrowedFd};
use std::path::Path;

use rustix::process::{Pid, Signal};

use super::orders::{is_supervised, orders};
use super::owner::Owner;
use super::totals::{MOMENT, Totals};
use super::word::{self, Word};
use super::{Confined, Excess, Policy, Tools, scratch};
use crate::unix::{Tree, ended};
use crate::{Ended, Exit, Job, not_started, to_its_end};

/// The first lines of what a failing bubblewrap says that are passed on.
const LINES: usize = 3;

/// Runs a job as [`super::Sandbox::run`] says; in bubblewrap, if the tools have it.
pub fn run(tools: &Tools, job: &Job, policy: &Policy) -> io::Result<Confined> {
    check(job, policy)?;
    let owner = Owner::take()?;
    let identity = owner.as_ref().map(|owner| owner.id);
    if let (Some(id), Some(folder)) = (identity, &policy.write) {
        scratch::give(folder, id).map_err(|error| {
            io::Error::new(error.kind(), format!("failed to give `{}` to another user: {error}", folder.display()))
        })?;
    }

    let (reader, writer) = io::pipe()?;
    let (program, args) = orders(tools, job, policy, writer.as_raw_fd(), identity);
    let behind = Job { program, args, ..job.clone() };
    let started = start(&behind, writer).map_err(|cause| not_started(&behind.program, &job.cwd, &cause))?;
    let (leader, tag) = (started.0.leader(), started.0.tag());
    let result = attend(&behind, started, policy, leader, tag);
    if result.is_err() {
        // Something of that user may be alive: nobody else is to become it.
        std::mem::forget(owner);
    }
    let (exit, excess) = result?;
    conclude(job, is_supervised(tools, policy), exit, excess, word::read(reader)?)
}

/// What would otherwise fail in the middle, with less to say.
fn check(job: &Job, policy: &Policy) -> io::Result<()> {
    let fail = |why: String| Err(io::Error::new(io::ErrorKind::InvalidInput, why));
    let named = || policy.read.iter().chain(&policy.execute).chain(&policy.write);
    if let Some(path) = named().chain([&job.program, &job.cwd]).find(|path| !path.is_absolute()) {
        return fail(format!("`{}` is no absolute path", path.display()));
    }
    if !named().any(|path| job.cwd.starts_with(path)) {
        return fail(format!("`{}`, where the job starts, is none of its folders", job.cwd.display()));
    }
    Ok(())
}

/// Starts it with the writing end of the pipe, which this process then closes.
fn start(job: &Job, writer: PipeWriter) -> io::Result<(Tree, crate::pipes::Pipes)> {
    // SAFETY: the pipe is open until `writer` is dropped, at the end of this function; the new process has its own
    // copy by then.
    let inherited = unsafe { BorrowedFd::borrow_raw(writer.as_raw_fd()) };
    Tree::start_with(job, Some(inherited))
}

fn attend(
    job: &Job,
    started: (Tree, crate::pipes::Pipes),
    policy: &Policy,
    leader: Pid,
    tag: u64,
) -> io::Result<(Exit, Option<Excess>)> {
    let mut totals = Totals::new(policy, leader, tag);
    let (mut exit, excess) = to_its_end(job, started, MOMENT, &mut || totals.look())?;
    exit.cpu = Some(exit.cpu.unwrap_or_default().max(totals.cpu));
    // What it left behind counts, too.
    Ok((exit, excess.or_else(|| totals.disk(0))))
}

/// Puts together what was seen from outside and what `confine` says.
fn conclude(
    job: &Job,
    is_supervised: bool,
    mut exit: Exit,
    excess: Option<Excess>,
    word: Word,
) -> io::Result<Confined> {
    if let Some(why) = word.failed {
        return Err(not_confined(&job.program, &why));
    }
    if !word.ready {
        let said = String::from_utf8_lossy(&exit.stderr).lines().take(LINES).collect::<Vec<_>>().join("; ");
        return Err(not_confined(&job.program, &format!("{:?} before it was ready: {said}", exit.ended)));
    }
    let was_cut_short = matches!(exit.ended, Ended::Deadline | Ended::OutputLimit);
    if let Some(supervised) = word.ended {
        exit.stragglers |= supervised.stragglers;
        exit.cpu = Some(supervised.cpu);
        if !was_cut_short {
            exit.ended = ended(supervised.status, Some(supervised.cpu), &job.limits);
        }
    } else if is_supervised && !was_cut_short {
        // Its supervisor did not live to tell. From inside nobody can bring that about.
        exit.ended = Ended::Signal(Signal::KILL.as_raw());
    }
    if excess.is_some() {
        exit.ended = Ended::Signal(Signal::KILL.as_raw());
    }
    Ok(Confined { exit, excess })
}

fn not_confined(program: &Path, why: &str) -> io::Error {
    io::Error::other(format!("failed to run `{}` in a sandbox: {why}", program.display()))
}
