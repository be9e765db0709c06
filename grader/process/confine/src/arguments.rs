//! The orders that `process` gives, read from the arguments. They come from the grader and are trusted; what can't be
//! read is an error, never a looser bound.

use std::ffi::{OsStr, OsString};
use std::os::fd::RawFd;
use std::path::PathBuf;

/// What to give up, and what to become.
pub struct Orders {
    /// The inherited end of the pipe that tells how it went.
    pub status_fd: RawFd,
    /// Whose death is to be this one's end. Absent inside of a process namespace, where the grader has no number.
    pub parent: Option<i32>,
    /// Stay, and run the program as a child.
    pub supervise: bool,
    /// The user and group to become; absent: stay who one is.
    pub identity: Option<u32>,
    /// Resource limits, soft and hard alike.
    pub limits: Vec<(Limit, u64)>,
    /// May it start other processes? Compilers do.
    pub may_fork: bool,
    /// What may be read.
    pub read: Vec<PathBuf>,
    /// What may be read and executed.
    pub execute: Vec<PathBuf>,
    /// The one folder that may be written to.
    pub write: Option<PathBuf>,
    /// A variable that somebody on the way has set.
    pub unset: Vec<OsString>,
    /// The program, by its absolute path.
    pub program: PathBuf,
    /// Its arguments.
    pub args: Vec<OsString>,
}

impl Orders {
    /// It supervises without a namespace, whose end would be that of all in it.
    pub fn is_on_its_own(&self) -> bool {
        self.supervise && self.parent.is_some()
    }
}

/// The resource limits that are set here; `process` sets the others before.
#[derive(Clone, Copy)]
pub enum Limit {
    /// Open files.
    Files,
    /// Processes and threads of this user.
    Tasks,
    /// Bytes of one file.
    FileSize,
}

/// Reads the orders.
pub fn parse(mut words: impl Iterator<Item = OsString>) -> Result<Orders, String> {
    let mut orders = Orders {
        status_fd: -1,
        parent: None,
        supervise: false,
        identity: None,
        limits: Vec::new(),
        may_fork: false,
        read: Vec::new(),
        execute: Vec::new(),
        write: None,
        unset: Vec::new(),
        program: PathBuf::new(),
        args: Vec::new(),
    };
    loop {
        let word = words.next().ok_or("no program was named")?;
        let mut value = || words.next().ok_or_else(|| format!("`{}` lacks its value", word.display()));
        match word.to_str().unwrap_or_default() {
            "--status" => orders.status_fd = number(&value()?)?,
            "--parent" => orders.parent = Some(number(&value()?)?),
            "--supervise" => orders.supervise = true,
            "--identity" => orders.identity = Some(number(&value()?)?),
            "--files" => orders.limits.push((Limit::Files, number(&value()?)?)),
            "--tasks" => orders.limits.push((Limit::Tasks, number(&value()?)?)),
            "--file-size" => orders.limits.push((Limit::FileSize, number(&value()?)?)),
            "--may-fork" => orders.may_fork = true,
            "--read" => orders.read.push(value()?.into()),
            "--execute" => orders.execute.push(value()?.into()),
            "--write" => orders.write = Some(value()?.into()),
            "--unset" => orders.unset.push(value()?),
            "--" => break,
            _ => return Err(format!("`{}` is no order", word.display())),
        }
    }
    orders.program = words.next().ok_or("no program was named")?.into();
    orders.args = words.collect();
    if orders.status_fd < 3 {
        return Err("`--status` is missing".to_owned());
    }
    Ok(orders)
}

fn number<N: std::str::FromStr>(word: &OsStr) -> Result<N, String> {
    word.to_str().and_then(|word| word.parse().ok()).ok_or_else(|| format!("`{}` is no number here", word.display()))
}
