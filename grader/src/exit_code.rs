//! The exit codes that scripts can trust. `--help` and the README's table are made from what stands here.

use crate::error::Error;
use crate::outcome::Report;

/// How a command ended. Of several verdicts the highest code counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum ExitCode {
    /// Every check passed; or the command did what it was asked.
    Passed = 0,
    /// A check failed.
    Failed = 1,
    /// The call was off.
    Usage = 2,
    /// A submission does not compile, or is not there.
    DoesNotCompile = 3,
    /// The grader itself or the machine failed. No score means anything.
    GraderFailed = 4,
    /// This machine can't hold other people's code.
    Refused = 5,
    /// The course's own files are wrong.
    CourseBroken = 6,
}

impl ExitCode {
    /// Every code, with what it says.
    pub const ALL: [(ExitCode, &str); 7] = [
        (ExitCode::Passed, "all checks passed"),
        (ExitCode::Failed, "a check failed"),
        (ExitCode::Usage, "the call was off: an unknown lesson, a folder without a submission"),
        (ExitCode::DoesNotCompile, "a submission does not compile, or is not there"),
        (ExitCode::GraderFailed, "the grader itself or the machine failed; no score means anything"),
        (ExitCode::Refused, "refused: this machine can't hold other people's code"),
        (ExitCode::CourseBroken, "the course's own files are wrong; no score means anything"),
    ];

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
            Error::Course(_) => ExitCode::CourseBroken,
            Error::Machine(_) => ExitCode::GraderFailed,
            Error::Refused(_) => ExitCode::Refused,
        }
    }

    /// A line a code, as `--help` shows them.
    pub fn table() -> String {
        ExitCode::ALL.iter().map(|(code, means)| format!("  {}  {means}\n", *code as u8)).collect()
    }
}
