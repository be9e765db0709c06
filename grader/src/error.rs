//! What goes wrong with us: a call that is off, a mistake in the course's files, a machine that fails, a machine that can't
//! hold strangers' code. What goes wrong with a submission is an `Outcome`, never an error.

use std::error::Error as Cause;
use std::fmt;
use std::path::{Path, PathBuf};

/// Why a command could not do its work. `exit_code` has a code for each kind.
#[derive(Debug)]
pub enum Error {
    /// The call itself is off: an unknown lesson, a folder that holds no submission.
    Usage(String),
    /// The course's own files are wrong, for their author to mend.
    Course(Vec<Mistake>),
    /// The toolchain or the machine failed.
    Machine(Failure),
    /// This machine can't hold other people's code. Says what to install.
    Refused(String),
}

/// Our results: `Err` means that we or the machine failed.
pub type Result<T> = std::result::Result<T, Error>;

/// A mistake in a file of the course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The file or folder.
    pub path: PathBuf,
    /// The line, from 1, where one is at fault.
    pub line: Option<usize>,
    /// What is wrong, and what to write instead.
    pub what: String,
    /// The compiler's own words, if it is the compiler that objects.
    pub compiler: Option<String>,
}

/// Something that the machine could not do.
#[derive(Debug)]
pub struct Failure {
    /// What was tried, and on what: ``failed to read `PATH` ``.
    pub what: String,
    /// What stood in the way.
    pub cause: Option<Box<dyn Cause + Send + Sync>>,
}

impl Mistake {
    /// A mistake that is not about a single line.
    pub fn new(path: &Path, what: impl Into<String>) -> Mistake {
        Mistake { path: path.to_owned(), line: None, what: what.into(), compiler: None }
    }

    /// The same, with what the compiler says.
    #[must_use]
    pub fn in_the_compilers_words(mut self, rendered: &str) -> Mistake {
        self.compiler = Some(rendered.to_owned());
        self
    }
}

impl Error {
    /// One mistake in a file of the course.
    pub fn course(path: &Path, what: impl Into<String>) -> Error {
        Error::Course(vec![Mistake::new(path, what)])
    }

    /// A failure of the machine's without a cause that could be told apart.
    pub fn machine(what: impl Into<String>) -> Error {
        Error::Machine(Failure { what: what.into(), cause: None })
    }

    /// A failure of the machine's, and what stood in the way.
    pub fn caused(what: impl Into<String>, cause: impl Cause + Send + Sync + 'static) -> Error {
        Error::Machine(Failure { what: what.into(), cause: Some(Box::new(cause)) })
    }

    /// The machine failed while doing something to a path: ``failed to read `PATH`: reason``.
    pub fn io(doing: &str, path: &Path, error: std::io::Error) -> Error {
        Error::caused(format!("failed to {doing} `{}`{}", path.display(), advice(error.kind())), error)
    }

    /// The error and all its causes, in one line, with the compiler's words below where it has some.
    pub fn chain(&self) -> String {
        let mut out = self.to_string();
        let mut cause = self.source();
        while let Some(error) = cause {
            out.push_str(": ");
            out.push_str(&error.to_string());
            cause = error.source();
        }
        out
    }
}

fn advice(kind: std::io::ErrorKind) -> &'static str {
    match kind {
        std::io::ErrorKind::StorageFull => " (make room on the disk; nothing was half-written)",
        std::io::ErrorKind::ReadOnlyFilesystem => {
            " (the course's folder has to be writable: the grader writes to `target/`, `xtask/target/` and `progress.toml`)"
        }
        std::io::ErrorKind::PermissionDenied => " (who owns it, and may you change it?)",
        _ => "",
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "`{}:{line}`: {}", self.path.display(), self.what)?,
            None => write!(f, "`{}`: {}", self.path.display(), self.what)?,
        }
        self.compiler.as_ref().map_or(Ok(()), |words| write!(f, "\n{}", words.trim_end()))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Usage(text) | Error::Refused(text) => f.write_str(text),
            Error::Machine(failure) => f.write_str(&failure.what),
            Error::Course(mistakes) => {
                let lines: Vec<String> = mistakes.iter().map(Mistake::to_string).collect();
                f.write_str(&lines.join("\n"))
            }
        }
    }
}

impl Cause for Error {
    fn source(&self) -> Option<&(dyn Cause + 'static)> {
        match self {
            Error::Machine(Failure { cause: Some(cause), .. }) => Some(cause.as_ref()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_is_kept_and_told() {
        let error = Error::io("read", Path::new("a.toml"), std::io::Error::other("the cable is out"));
        assert_eq!(error.to_string(), "failed to read `a.toml`");
        assert_eq!(error.chain(), "failed to read `a.toml`: the cable is out");
    }

    #[test]
    fn mistakes_stand_a_line_each_with_their_place() {
        let mut mistake = Mistake::new(Path::new("lesson.toml"), "`minuts` is not known here");
        mistake.line = Some(3);
        let other = Mistake::new(Path::new("probe.rs"), "does not compile").in_the_compilers_words("error: no\n");
        assert_eq!(
            Error::Course(vec![mistake, other]).chain(),
            "`lesson.toml:3`: `minuts` is not known here\n`probe.rs`: does not compile\nerror: no"
        );
    }
}
