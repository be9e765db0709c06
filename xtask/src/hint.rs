//! `cargo xtask hint`: the hints of a check, one level at a time.

use crate::cli::{lesson, named};
use clap::{Arg, ArgMatches, value_parser};
use grader::course::Course;
use grader::error::{Error, Result};
use grader::exit_code::ExitCode;
use grader::lesson::{Check, Lesson};
use grader::words::Lang;
use report::screen;
use student::progress::Progress;

const LEVELS: usize = 3;

pub fn takes() -> clap::Command {
    let level =
        Arg::new("level").long("level").value_name("N").value_parser(value_parser!(u64).range(1..=LEVELS as u64));
    clap::Command::new("hint")
        .about("Show the next hint on a check; there are three, one at a time")
        .arg(lesson().required(true).help("The lesson"))
        .arg(Arg::new("check").value_name("CHECK").help("The check [default: the first that your work does not pass]"))
        .arg(level.allow_negative_numbers(true).help("Show this level, 1 to 3, in place of the next"))
}

/// Shows the next level, or the one that was asked for, and remembers how far the student has read.
pub fn run(course: Course, said: &ArgMatches, lang: Lang) -> Result<ExitCode> {
    let course = &course;
    let name = named(said).unwrap_or_default();
    let check = said.get_one::<String>("check").map(String::as_str);
    let level = said.get_one::<u64>("level").map(|level| *level as usize);
    let lesson = Lesson::load(course, course.find(name)?)?;
    let check = which(course, &lesson, check)?;
    let key = lesson.id.to_string();
    let shown = Progress::load(course)?
        .lessons
        .get(&key)
        .and_then(|reached| reached.hints.get(&check.id).copied())
        .unwrap_or(0);
    let level = level.unwrap_or((shown as usize + 1).min(LEVELS));
    Progress::update(course, |progress| {
        let hints = &mut progress.lessons.entry(key.clone()).or_default().hints;
        hints.insert(check.id.clone(), shown.max(level as u64));
    })?;
    let strong = anstyle::Style::new().bold();
    let faint = anstyle::Style::new().dimmed();
    let label = lang.pick("hint", "подсказка");
    let more = match level {
        LEVELS => lang.pick("That was the last one.", "Это последняя.").to_owned(),
        _ => format!("{} cargo xtask hint {} {}", lang.pick("More:", "Ещё:"), lesson.id, check.id),
    };
    let title = check.title.get(lang);
    screen::print(&format!(
        "{strong}{} · {}{strong:#} {title}\n{faint}{label} {level}/{LEVELS}{faint:#}\n\n{}\n\n{faint}{more}{faint:#}\n",
        lesson.id,
        check.id,
        check.hint(level, lang).trim()
    ))?;
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
