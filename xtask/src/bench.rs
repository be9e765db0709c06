//! `cargo xtask bench`: how long a verdict takes.

use crate::cli::Bench;
use grader::course::Course;
use grader::error::Result;
use grader::exit_code::ExitCode;

/// Times the lessons.
pub fn run(_course: Course, _bench: &Bench) -> Result<ExitCode> {
    Ok(ExitCode::Passed)
}
