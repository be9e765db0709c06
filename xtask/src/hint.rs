//! `cargo xtask hint`: the hints of a check, one level at a time.

use crate::cli::{json, lesson_or_current, named_or_current};
use clap::{Arg, ArgMatches, value_parser};
use grader::course::Course;
use grader::error::{Error, Result};
use grader::exit_code::ExitCode;
use grader::lesson::{Check, Lesson};
use grader::words::Lang;
use report::hint::LEVELS;
use report::{hint, screen};
use student::progress::Progress;

pub fn takes() -> clap::Command {
    let levels = || value_parser!(u64).range(1..=LEVELS as u64);
    let level = Arg::new("level").long("level").value_name("N").value_parser(levels());
    clap::Command::new("hint")
        .about("Show the next hint on a check; there are three, one at a time")
        .arg(lesson_or_current())
        .arg(Arg::new("check").value_name("CHECK").help("The check [default: the first that your work does not pass]"))
        .arg(level.allow_negative_numbers(true).help("Show this level, 1 to 3, in place of the next"))
        .arg(json())
        .after_help(
            "Examples:\n  cargo xtask hint\n  cargo xtask hint 5\n  cargo xtask hint 5 2           the second hint\n  \
             cargo xtask hint 5 on-panic 3  the third one on a check",
        )
        .arg(Arg::new("n").value_name("N").value_parser(levels()).conflicts_with("level").hide(true))
}

/// Shows the next level, or the one that was asked for, and remembers how far the student has read.
pub fn run(course: Course, said: &ArgMatches, lang: Lang) -> Result<ExitCode> {
    let course = &course;
    let lesson = Lesson::load(course, &named_or_current(course, said)?)?;
    let named = said.get_one::<String>("check").map(String::as_str);
    // No check is called by a number alone: it means a level.
    let number = named.and_then(|name| name.parse::<usize>().ok()).filter(|n| (1..=LEVELS).contains(n));
    let check = which(course, &lesson, named.filter(|_| number.is_none()))?;
    let asked = said.get_one::<u64>("level").or(said.get_one::<u64>("n")).map(|level| *level as usize).or(number);
    let shown = Progress::load(course)?.of(&lesson.id).hints.get(&check.id).copied().unwrap_or(0);
    let level = asked.unwrap_or((shown as usize + 1).min(LEVELS));
    Progress::update(course, |progress| {
        let hints = &mut progress.entry(&lesson.id).hints;
        hints.insert(check.id.clone(), shown.max(level as u64));
    })?;
    if said.get_flag("json") {
        screen::data(&format!("{}\n", hint::json(&lesson, check, level)))?;
    } else {
        screen::print(&hint::text(&lesson, check, level, lang))?;
    }
    Ok(ExitCode::Passed)
}

/// The check that was named, else the first that the newest verdict did not pass.
fn which<'a>(course: &Course, lesson: &'a Lesson, name: Option<&str>) -> Result<&'a Check> {
    let ids = || lesson.checks.iter().map(|check| check.id.as_str()).collect::<Vec<_>>().join(", ");
    match name {
        Some(name) => lesson
            .check(name)
            .ok_or_else(|| Error::Usage(format!("{} has no check `{name}`; it has: {}", lesson.id, ids()))),
        None => {
            let newest = student::verdicts::newest_verdict(course, &lesson.id.to_string());
            let open = newest.as_ref().and_then(|report| report.first_to_mend()).map(|check| check.id.clone());
            Ok(open.and_then(|id| lesson.check(&id)).unwrap_or(&lesson.checks[0]))
        }
    }
}
