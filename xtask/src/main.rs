//! `cargo xtask`: the course's commands. A file a command; this one picks it, prints errors and gives the exit code.

mod check;
mod cli;
#[path = "../launcher/src/commands.rs"]
#[expect(dead_code, reason = "the launcher uses the rest")]
mod commands;
mod hint;
mod list;
mod quiz;
mod run;

use cli::Command;
use grader::course::Course;
use grader::error::Result;
use grader::exit_code::ExitCode;
use report::screen;
use std::path::PathBuf;

fn main() -> std::process::ExitCode {
    process::end_all_on_interrupt();
    process::on_interrupt(grader::files::remove_temporaries);
    let call = cli::read();
    let code = run(&call).unwrap_or_else(|error| {
        screen::error(&error.chain());
        ExitCode::of_error(&error)
    });
    std::process::ExitCode::from(code as u8)
}

fn run(call: &cli::Call) -> Result<ExitCode> {
    // As `cargo run` sets it: a clone that was moved is found where it is now.
    let here = std::env::var_os("CARGO_MANIFEST_DIR").map_or(PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    let course = Course::open(here.parent().unwrap_or(&here))?;
    match &call.command {
        Command::Check(check) => check::run(course, check, call.lang),
        Command::Run(lesson) => run::run(course, lesson, call.lang),
        Command::List => list::run(&course, call.lang),
        Command::Hint { lesson, check, level } => hint::run(&course, lesson, check.as_deref(), *level, call.lang),
        Command::Quiz(lesson) => quiz::run(&course, lesson.as_deref(), call.lang),
    }
}
