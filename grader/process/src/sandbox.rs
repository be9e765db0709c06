//! A job in a sandbox: for code that nobody trusts.
//!
//! [`probe`] finds out, by trying, how strong a sandbox this machine can give, or refuses; [`Sandbox::run`] runs a job
//! in it. In a job's place the program `confine` is started, which gives up all but what the [`Policy`] allows and then
//! becomes the job's program; where bubblewrap works, inside of namespaces of its own. Root's jobs are other users, a
//! new one each. What one process can't be refused, the sum over all of them, is watched from here.
//!
//! It knows nothing of checks and verdicts. Only Linux has a sandbox; elsewhere every probe refuses.
//!
//! Invariants:
//! - There is no [`Sandbox`] that was not probed.
//! - A job whose bounds could not all be set does not run, and that is an `Err`: no program can bring it about, since
//!   it is told through a pipe that is closed before the program begins.
//! - What a job did beyond its bounds is never [`Ended::Code`](crate::Ended::Code).

use std::io;
use std::path::{Path, PathBuf};

use crate::{Exit, Job};

#[cfg(target_os = "linux")]
mod cage;
#[cfg(target_os = "linux")]
mod canaries;
#[cfg(target_os = "linux")]
mod orders;
#[cfg(target_os = "linux")]
mod owner;
mod scratch;
#[cfg(target_os = "linux")]
mod totals;
#[cfg(target_os = "linux")]
mod word;

pub use scratch::Scratch;

/// The programs that a sandbox is made with.
#[derive(Debug, Clone)]
pub struct Tools {
    /// The built package `confine`.
    pub confine: PathBuf,
    /// bubblewrap, by its absolute path, if the machine has it.
    pub bwrap: Option<PathBuf>,
}

impl Tools {
    /// These tools, with the bubblewrap that lies in one of the system's own folders.
    pub fn with_system_bubblewrap(confine: PathBuf) -> Self {
        let places = ["/usr/bin/bwrap", "/usr/local/bin/bwrap", "/bin/bwrap"];
        Self { confine, bwrap: places.iter().map(PathBuf::from).find(|place| place.is_file()) }
    }
}

/// How strong a sandbox is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Files and system calls are bounded; what exists elsewhere in the file system can be seen, not read.
    Landlock,
    /// The same, in namespaces where nothing else exists: no other file, process or network.
    Bubblewrap,
}

impl Level {
    /// Its name in reports; it does not change between versions.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Landlock => "landlock+seccomp",
            Self::Bubblewrap => "bubblewrap+landlock+seccomp",
        }
    }
}

/// What a job may do, besides its [`Limits`](crate::Limits). Paths are absolute, and what lies below them is included.
///
/// A system's libraries and loaders are always readable, as are `/dev/{null,zero,full,random,urandom}`. Nothing else is.
#[derive(Debug, Clone)]
pub struct Policy {
    /// What it may read.
    pub read: Vec<PathBuf>,
    /// What it may read and execute. Its own program need not be named.
    pub execute: Vec<PathBuf>,
    /// The folder that it may write to. If the grader is root, it and all in it are another user's then. Links, sockets and
    /// pipes can't be made there.
    pub write: Option<PathBuf>,
    /// May it start processes, run what is below `/usr`, and map files to be shared? For compilers and linkers only:
    /// the rest is bounded as ever, but a submission's own code has no use for it.
    pub may_fork: bool,
    /// Bytes that all of its processes together may have in memory.
    pub memory: u64,
    /// Processes and threads that it may have at a time.
    pub tasks: u64,
    /// Bytes that its folder may grow to, files without a name included; and the most that one file may have.
    pub disk: u64,
    /// Files and folders that may lie in its folder.
    pub files: u64,
}

/// What became of a job in a sandbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confined {
    /// How it ended, as outside of a sandbox. If there was an excess it shows as killed.
    pub exit: Exit,
    /// The bound of the [`Policy`] that the whole of it went beyond.
    pub excess: Option<Excess>,
}

/// A bound of the [`Policy`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Excess {
    /// [`Policy::memory`].
    Memory,
    /// [`Policy::tasks`].
    Tasks,
    /// [`Policy::disk`] or [`Policy::files`], or something that can't be looked into: a folder, or a removed file that
    /// is still mapped into memory.
    Disk,
}

/// A way to run jobs in a sandbox on this machine, which was tried.
#[derive(Debug, Clone)]
pub struct Sandbox {
    /// Its `bwrap` is only there if it is to be used.
    tools: Tools,
    details: Vec<String>,
}

impl Sandbox {
    /// How strong it is.
    #[must_use]
    pub fn level(&self) -> Level {
        if self.tools.bwrap.is_some() { Level::Bubblewrap } else { Level::Landlock }
    }

    /// What else there is to know about it, in sentences: what is not had here, and why.
    #[must_use]
    pub fn details(&self) -> &[String] {
        &self.details
    }

    /// Runs a job to its end, and whatever it started with it, in bounds that nothing in it can loosen.
    ///
    /// The job's program need not trust its neighbours: any number may run at once. `cwd` lies in one of the policy's
    /// folders. If the grader is root, all that the policy names must be readable for others.
    ///
    /// # Errors
    /// The machine's failures only: a bound could not be set, the program not be started, or not be ended.
    pub fn run(&self, job: &Job, policy: &Policy) -> io::Result<Confined> {
        #[cfg(target_os = "linux")]
        return cage::run(&self.tools, job, policy);
        #[cfg(not(target_os = "linux"))]
        Err(io::Error::new(
            io::ErrorKind::Unsupported,
            format!("`{}` can't be run in a sandbox: {policy:?}", job.program.display()),
        ))
    }
}

/// There is no sandbox to be had here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Why not, in a sentence or more.
    pub why: String,
    /// What to do about it.
    pub remedy: String,
}

/// Finds out how strong a sandbox can be had, by letting canaries try to get out of it. `needs` are files or folders
/// that jobs will have to read there: a compiler, say.
///
/// Takes some ten milliseconds; to be called once.
///
/// # Errors
/// [`Refused`], if not even the weaker one holds.
pub fn probe(tools: &Tools, needs: &[&Path]) -> Result<Sandbox, Refused> {
    #[cfg(target_os = "linux")]
    return canaries::probe(tools, needs);
    #[cfg(not(target_os = "linux"))]
    Err(Refused {
        why: format!("`{}` needs Linux, and {} paths were to be read", tools.confine.display(), needs.len()),
        remedy: "grade on Linux".to_owned(),
    })
}
