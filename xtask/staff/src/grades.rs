//! `cargo xtask grades`: everything that is made of the students' reports, made anew. Nothing is run.

use crate::grade::{lang, lang_of, lessons, results_at};
use batch::policy::{Extensions, Policy, Times};
use batch::publish::{self, Wanted};
use clap::{Arg, ArgAction, ArgMatches, value_parser};
use grader::course::Course;
use grader::error::{Error, Result};
use grader::exit_code::ExitCode;
use report::screen;
use report::shown::Audience;
use std::path::PathBuf;

pub fn takes() -> clap::Command {
    let path = |name: &'static str| Arg::new(name).long(name).value_name("FILE").value_parser(value_parser!(PathBuf));
    clap::Command::new("grades")
        .about("For teachers: makes reports and gradebooks anew, with late days and penalties, without running anything")
        .after_help(
            "In RESULTS: gradebook.csv, canvas.csv, moodle.csv; in students/NAME: report.md, report.html, junit.xml and \
             Gradescope's results.json.\nWhat policy.toml, extensions.csv and times.csv hold is in docs/grading.md.",
        )
        .arg(
            Arg::new("results")
                .value_name("RESULTS")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help("The folder of results"),
        )
        .arg(
            Arg::new("lesson")
                .long("lesson")
                .value_name("LESSON")
                .num_args(1..)
                .action(ArgAction::Append)
                .help("Only these lessons [default: all that were graded]"),
        )
        .arg(path("policy").help("When what is due, and what being late costs"))
        .arg(path("extensions").requires("policy").help("A CSV: who has more time, or is excused"))
        .arg(path("times").requires("policy").help("A CSV: when each student handed in"))
        .arg(
            Arg::new("audience")
                .long("audience")
                .value_name("WHO")
                .value_parser(["student", "staff"])
                .help("Whom the reports are for [default: student]: hidden checks and what they expect are left out"),
        )
        .arg(lang())
}

pub fn run(course: &Course, said: &ArgMatches) -> Result<ExitCode> {
    let path = |name: &str| said.get_one::<PathBuf>(name);
    let Some(results) = path("results") else { return Err(Error::Usage("`grades` takes RESULTS".to_owned())) };
    results_at(results)?;
    let named: Vec<&String> = said.get_many::<String>("lesson").into_iter().flatten().collect();
    let wanted = Wanted {
        lang: lang_of(said),
        audience: match said.get_one::<String>("audience").map(String::as_str) {
            Some("staff") => Audience::Staff,
            _ => Audience::Student,
        },
        policy: path("policy").map(|path| Policy::read(path)).transpose()?,
        extensions: path("extensions").map(|path| Extensions::read(path)).transpose()?.unwrap_or_default(),
        times: path("times").map(|path| Times::read(path)).transpose()?.unwrap_or_default(),
    };
    let n = publish::all(results, &lessons(course, &named)?, &wanted)?;
    screen::print(&format!("{n} students; `{}`\n", results.join("gradebook.csv").display()))?;
    Ok(ExitCode::Passed)
}
