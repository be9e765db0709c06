//! `cargo xtask`, the commands of those who teach and write lessons. A file a command; this one picks it, prints errors and
//! gives the exit code.

mod audit;
mod bench;
mod cli;
mod grade;
mod grades;
mod merge;
mod new_lesson;
mod picture;

use cli::Command;
use grader::course::Course;
use grader::error::Result;
use grader::exit_code::ExitCode;
use report::screen;
use std::path::PathBuf;

fn main() -> std::process::ExitCode {
    process::end_all_on_interrupt();
    process::on_interrupt(grader::files::remove_temporaries);
    let command = cli::read();
    let code = run(&command).unwrap_or_else(|error| {
        screen::error(&error.chain());
        ExitCode::of_error(&error)
    });
    std::process::ExitCode::from(code as u8)
}

fn run(command: &Command) -> Result<ExitCode> {
    // As the launcher sets it: a clone that was moved is found where it is now.
    let xtask = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(".."), PathBuf::from);
    let course = Course::open(xtask.parent().unwrap_or(&xtask))?;
    match command {
        Command::Audit(audit) => audit::run(course, audit),
        Command::Bench(bench) => bench::run(course, bench),
        Command::Grade(said) => grade::run(course, said),
        Command::Grades(said) => grades::run(&course, said),
        Command::Merge(said) => merge::run(&course, said),
        Command::Picture => picture::run(course),
        Command::NewLesson(call) => new_lesson::run(&course, call),
    }
}
