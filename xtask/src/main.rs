//! `cargo xtask`: the course's commands. A file a command; this one picks it, prints errors and gives the exit code.

mod check;
mod cli;
#[path = "../launcher/src/commands.rs"]
#[expect(dead_code, reason = "the launcher uses the rest")]
mod commands;
mod completions;
mod diff;
mod doctor;
mod hint;
mod list;
mod next;
mod open;
mod quiz;
mod reset;
mod run;
mod solution;

use grader::course::Course;
use grader::error::Result;
use grader::exit_code::ExitCode;
use report::screen;
use std::path::PathBuf;

fn main() -> std::process::ExitCode {
    process::end_all_on_interrupt();
    process::on_interrupt(grader::files::remove_temporaries);
    let call = cli::read();
    let code = course().and_then(|course| call.run(course)).unwrap_or_else(|error| {
        screen::error(&error.chain());
        ExitCode::of_error(&error)
    });
    std::process::ExitCode::from(code as u8)
}

fn course() -> Result<Course> {
    // As the launcher sets it: a clone that was moved is found where it is now.
    let here = std::env::var_os("CARGO_MANIFEST_DIR").map_or(PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    Course::open(here.parent().unwrap_or(&here))
}
