//! What holds a submission while it is compiled and run: limits for one's own code, a sandbox for a stranger's.
//!
//! A compiler call and a check's run are jobs alike; what each may read and write is said here, in one place.

use crate::course::Course;
use crate::error::{Error, Result};
use crate::outcome::Isolation;
use crate::pace;
use crate::toolchain::Toolchain;
use process::sandbox::{Confined, Excess, Policy, Sandbox, Scratch, Tools};
use process::{Ended, Job};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// What holds a submission.
#[derive(Debug, Clone)]
pub enum Hold {
    /// A deadline, bounds on memory and output, the end of the whole process tree. It runs as whoever grades.
    Limits,
    /// The same, and whatever is under way ends once this is set: what it was about is no longer wanted.
    Until(Arc<AtomicBool>),
    /// A sandbox, which was tried: see [`process::sandbox`].
    Sandbox(Box<Sandbox>),
}

/// What a job may do besides computing, where it is held by a sandbox.
#[derive(Debug, Clone, Default)]
pub struct Access {
    /// Files and folders that it may read.
    pub read: Vec<PathBuf>,
    /// Files and folders that it may read and execute.
    pub execute: Vec<PathBuf>,
    /// Whether it is a compiler, which starts a linker.
    pub compiles: bool,
}

/// Bytes that all of a compiler's processes may have in memory together.
const COMPILER_MEMORY: u64 = 4 << 30;
/// Bytes that a compiler may leave behind.
const COMPILER_DISK: u64 = 512 << 20;
/// Threads and processes of a compiler and its linker.
const COMPILER_TASKS: u64 = 256;
/// Bytes that a check's run may leave in its folder.
const RUN_DISK: u64 = 32 << 20;
/// Threads of a check's run: a lesson needs a dozen.
const RUN_TASKS: u64 = 512;
/// Files and folders that a job may leave behind.
const FILES: u64 = 4096;

impl Hold {
    /// A sandbox, as strong as this machine has one. `confine` is the built program of that name; `needs` are files and
    /// folders that jobs will have to read: the toolchain, the course.
    ///
    /// Fails with [`Error::Refused`] where none holds.
    pub fn sandbox(confine: PathBuf, needs: &[&Path]) -> Result<Hold> {
        let tools = Tools::with_system_bubblewrap(confine);
        process::guard().map_err(|error| Error::caused("failed to close the grader to other processes", error))?;
        process::sandbox::probe(&tools, needs).map(|sandbox| Hold::Sandbox(Box::new(sandbox))).map_err(|refused| {
            Error::Refused(format!(
                "{}; {}. Code that you trust as your own can be checked without: `--i-trust-this-code`",
                refused.why, refused.remedy
            ))
        })
    }

    /// The sandbox for strangers' code, made with the program that the launcher has built beside this one.
    ///
    /// Fails like [`Hold::sandbox`].
    pub fn for_strangers(course: &Course, toolchain: &Toolchain) -> Result<Hold> {
        let own =
            std::env::current_exe().map_err(|error| Error::caused("failed to find the grader's own program", error))?;
        let program = own.with_file_name(format!("sandbox{}", std::env::consts::EXE_SUFFIX));
        if !program.is_file() {
            let what = "is missing: `cargo xtask check --path …` has it built";
            return Err(Error::machine(format!("`{}` {what}", program.display())));
        }
        let scratch = course.scratch();
        crate::files::make_folder(&scratch)?;
        Hold::sandbox(program, &[&toolchain.sysroot(), &scratch])
    }

    /// Its name in reports.
    pub fn isolation(&self) -> Isolation {
        match self {
            Hold::Limits | Hold::Until(_) => Isolation::limits(),
            Hold::Sandbox(sandbox) => Isolation(sandbox.level().name().to_owned()),
        }
    }

    /// Whether it keeps a submission from what is not its own.
    pub fn is_sandbox(&self) -> bool {
        matches!(self, Hold::Sandbox(_))
    }

    /// Runs a job that starts in this folder and may write there, and nowhere else if it is held by a sandbox.
    ///
    /// Fails if the machine could not run it. What it did is in what comes back.
    pub fn run(&self, job: &Job, access: &Access, writable: &Path) -> Result<Confined> {
        let failed = |error| Error::caused("failed to run a submission's job", error);
        let _permit = if access.compiles { None } else { pace::wait(job.limits.memory) };
        match self {
            Hold::Limits => {
                let exit = process::run(job).map_err(failed)?;
                Ok(Confined { exit, excess: None })
            }
            Hold::Until(stop) => match process::run_unless(job, stop).map_err(failed)? {
                Some(exit) => Ok(Confined { exit, excess: None }),
                None => Err(Error::machine("it was stopped: what it was about is no longer wanted")),
            },
            Hold::Sandbox(sandbox) => {
                let (memory, disk, tasks) = match access.compiles {
                    true => (COMPILER_MEMORY, COMPILER_DISK, COMPILER_TASKS),
                    false => (job.limits.memory, RUN_DISK, RUN_TASKS),
                };
                let policy = Policy {
                    read: access.read.clone(),
                    execute: access.execute.clone(),
                    write: Some(writable.to_owned()),
                    may_fork: access.compiles,
                    memory,
                    tasks,
                    disk,
                    files: FILES,
                };
                sandbox.run(job, &policy).map_err(failed)
            }
        }
    }
}

/// A folder for one job, removed with whatever was done to it.
pub fn scratch(parent: &Path) -> Result<Scratch> {
    crate::files::make_folder(parent)?;
    Scratch::new_in(parent).map_err(|error| Error::io("make a folder in", parent, error))
}

/// Takes what a job made out of its folder to a place that no job can write to. Only a plain file is taken.
///
/// `Ok(false)`: it made none. The file then belongs to whoever grades, so that no later job can change it.
pub fn take(from: &Path, to: &Path) -> Result<bool> {
    match std::fs::symlink_metadata(from) {
        Ok(about) if about.is_file() => {}
        _ => return Ok(false),
    }
    std::fs::rename(from, to).map_err(|error| Error::io("take", from, error))?;
    own(to)?;
    Ok(true)
}

#[cfg(unix)]
fn own(path: &Path) -> Result<()> {
    use std::os::unix::fs::{MetadataExt, chown};
    let about = std::fs::symlink_metadata(path).map_err(|error| Error::io("look at", path, error))?;
    let folder = path.parent().unwrap_or(path);
    let ours = std::fs::metadata(folder).map_err(|error| Error::io("look at", folder, error))?;
    if about.uid() == ours.uid() {
        return Ok(());
    }
    chown(path, Some(ours.uid()), Some(ours.gid())).map_err(|error| Error::io("take", path, error))
}

#[cfg(not(unix))]
fn own(_path: &Path) -> Result<()> {
    Ok(())
}

/// Whether a job was ended for what it took rather than by itself.
pub fn went_too_far(confined: &Confined) -> Option<Excess> {
    confined.excess.filter(|_| !matches!(confined.exit.ended, Ended::Code(_)))
}
