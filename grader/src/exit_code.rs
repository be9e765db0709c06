//! The exit codes that scripts can trust. They are documented here and nowhere else.

use crate::error::Error;
use crate::outcome::Report;

/// How a command ended. A higher one is graver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum ExitCode {
    /// Every check passed; or the command did what it was asked.
    Passed = 0,
    /// A check failed.
    Failed = 1,
    /// The call was off: an unknown lesson, a folder without a submission.
    Usage = 2,
    /// A submission does not compile, or is not there.
    DoesNotCompile = 3,
    /// The grader itself, the course's files or the machine failed. No score means anything.
    GraderFailed = 4,
    /// Refused: this machine can't hold other people's code.
    Refused = 5,
}

impl ExitCode {
    /// The exit code of a verdict.
    pub fn of(report: &Report) -> ExitCode {
        if report.grader_failed() {
            ExitCode::GraderFailed
        } else if report.does_not_compile() {
            ExitCode::DoesNotCompile
        } else if report.full_marks() {
            ExitCode::Passed
        } else {
            ExitCode::Failed
        }
    }

    /// The exit code of a command that ended with this error.
    pub fn of_error(error: &Error) -> ExitCode {
        match error {
            Error::Usage(_) => ExitCode::Usage,
            Error::Machine(_) => ExitCode::GraderFailed,
        }
    }
}
