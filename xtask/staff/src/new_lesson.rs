//! `cargo xtask new-lesson`: for authors, a lesson to start from.

use crate::cli::NewLesson;
use author::scaffold::{TO_WRITE, new_id, new_lesson};
use grader::course::Course;
use grader::error::Result;
use grader::exit_code::ExitCode;
use report::screen;

/// Makes the lesson, and says what to do next.
pub fn run(course: &Course, call: &NewLesson) -> Result<ExitCode> {
    let id = new_id(course, &call.number, &call.slug)?;
    for path in new_lesson(course, &id, call.asynchronous)? {
        screen::print(&format!("  {}\n", path.strip_prefix(&course.root).unwrap_or(&path).display()))?;
    }
    let number = id.number;
    screen::print(&format!(
        "\n{id} is there. Write what says `{TO_WRITE}`, then\n  cargo xtask audit {number} --update\n\
         writes its snapshots, and says what it still lacks; CONTRIBUTING.md explains each part.\n"
    ))?;
    Ok(ExitCode::Passed)
}
