//! What goes wrong with us, the machine or the call. What goes wrong with a submission is an `Outcome`, never an error.

use std::fmt;
use std::path::Path;

/// Why a command could not do its work.
#[derive(Debug)]
pub enum Error {
    /// The call itself is off: an unknown lesson, a folder that holds no submission. Exit code 2.
    Usage(String),
    /// The course's files, the toolchain or the machine failed. Exit code 4; no submission is ever scored by it.
    Machine(String),
}

/// Our results: `Err` means that we or the machine failed.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error of the machine while doing something to a path: ``failed to read `PATH`: reason``.
    pub fn io(doing: &str, path: &Path, error: &std::io::Error) -> Self {
        let advice = match error.kind() {
            std::io::ErrorKind::StorageFull => " (the disk is full: make room, nothing was half-written)",
            std::io::ErrorKind::ReadOnlyFilesystem => {
                " (the course's folder is read-only: the grader writes to `target/` and `progress.toml`)"
            }
            std::io::ErrorKind::PermissionDenied => " (who owns the file, and may you change it?)",
            _ => "",
        };
        Error::Machine(format!("failed to {doing} `{}`: {error}{advice}", path.display()))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Usage(text) | Error::Machine(text) => f.write_str(text),
        }
    }
}

impl std::error::Error for Error {}
