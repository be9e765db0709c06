//! `cargo xtask diff`: the student's work against the stub, or against the reference solution.

use crate::cli::{json, lesson_or_current, named_or_current, yes};
use crate::solution;
use clap::{Arg, ArgAction, ArgMatches};
use grader::course::Course;
use grader::error::{Error, Result};
use grader::exit_code::ExitCode;
use grader::files;
use grader::submission::Submission;
use grader::words::Lang;
use report::{changes, phrases, screen};

pub fn takes() -> clap::Command {
    let against = Arg::new("solution").long("solution").action(ArgAction::SetTrue);
    clap::Command::new("diff")
        .about("Show what you changed in a lesson's stub, or where you differ from the solution")
        .arg(lesson_or_current())
        .arg(against.help("Against the reference solution, once you have had full marks"))
        .arg(yes("Against the solution before that, too").requires("solution"))
        .arg(json())
}

/// Prints a unified diff, from what the course has to what the student has.
pub fn run(course: Course, said: &ArgMatches, lang: Lang) -> Result<ExitCode> {
    let id = named_or_current(&course, said)?;
    let own = Submission::read(&course.lesson_dir(&id), &id, &format!("lessons/{}", id.folder()));
    let own = own.map_err(|unreadable| Error::Usage(phrases::unreadable(&unreadable, lang)))?;
    let (against, theirs) = if said.get_flag("solution") {
        ("solution", solution::of(&course, &id, said.get_flag("yes"), lang)?)
    } else {
        ("stub", files::crate_files(&course.stub(&id))?)
    };
    let found = changes::changes(&theirs, &own.files, (against, "yours"));
    if said.get_flag("json") {
        screen::data(&format!("{}\n", changes::json(&id.to_string(), against, &found)))?;
    } else if found.is_empty() {
        screen::print(lang.pick("No difference.\n", "Различий нет.\n"))?;
    } else {
        screen::print(&changes::text(&found))?;
    }
    Ok(ExitCode::Passed)
}
