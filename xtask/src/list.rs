//! `cargo xtask list`: the lessons, what they are worth, and how far the student is.

use crate::cli::json;
use clap::ArgMatches;
use grader::course::Course;
use grader::error::Result;
use grader::exit_code::ExitCode;
use grader::words::Lang;
use report::{lessons, screen};
use student::overview;

pub fn takes() -> clap::Command {
    clap::Command::new("list").about("Show the lessons, what they are worth and how far you are").arg(json())
}

/// Prints the table. A lesson that can't be read is told of, and the others are shown.
pub fn run(course: Course, said: &ArgMatches, lang: Lang) -> Result<ExitCode> {
    let (rows, errors) = overview::rows(&course)?;
    if said.get_flag("json") {
        screen::data(&format!("{}\n", lessons::json(&rows)))?;
    } else {
        let here = overview::current(&course, std::env::current_dir().ok().as_deref())?;
        let width = if screen::has_an_edge() { screen::width() } else { usize::MAX };
        screen::print(&lessons::table(&rows, Some(&here), width, lang))?;
    }
    let mut code = ExitCode::Passed;
    for error in errors {
        screen::error(&error.chain());
        code = code.max(ExitCode::of_error(&error));
    }
    Ok(code)
}
