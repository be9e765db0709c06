//! `cargo xtask list`: the lessons, what they are worth, and how far the student is.

use clap::ArgMatches;
use grader::course::{Course, LessonId};
use grader::error::Result;
use grader::exit_code::ExitCode;
use grader::lesson::Lesson;
use grader::submission::Submission;
use grader::words::Lang;
use report::screen;
use std::fmt::Write as _;
use student::progress::{Progress, Reached};

pub fn takes() -> clap::Command {
    clap::Command::new("list").about("Show the lessons, what they are worth and how far you are")
}

/// Prints the table. A lesson that can't be read is told of, and the others are shown.
pub fn run(course: Course, _: &ArgMatches, lang: Lang) -> Result<ExitCode> {
    let course = &course;
    let progress = Progress::load(course)?;
    let mut code = ExitCode::Passed;
    let mut out = String::new();
    let faint = anstyle::Style::new().dimmed();
    let strong = anstyle::Style::new().bold();
    let head = match lang {
        Lang::En => format!("  {:<9}  {:<16}  {:>7}  {:>3}  ", "lesson", "", "points", "min"),
        Lang::Ru => format!("  {:<9}  {:<16}  {:>7}  {:>3}  ", "урок", "", "баллы", "мин"),
    };
    let _ = writeln!(out, "{faint}{}{faint:#}", head.trim_end());
    for id in &course.lessons {
        match Lesson::load(course, id) {
            Ok(lesson) => {
                let reached = progress.lessons.get(&id.to_string()).cloned().unwrap_or_default();
                let (sign, state) = state(course, id, &reached, lang);
                let title = lesson.title.get(lang);
                let line = format!(
                    "{sign} {strong}{id}{strong:#}  {:<16}  {:>3}/{:<3}  {:>3}  {title}{state}",
                    id.slug,
                    reached.score,
                    lesson.points(),
                    lesson.minutes
                );
                let _ = writeln!(out, "{line}");
            }
            Err(error) => {
                screen::error(&error.chain());
                code = ExitCode::of_error(&error);
            }
        }
    }
    screen::print(&out)?;
    Ok(code)
}

/// A sign, and a remark where one helps.
fn state(course: &Course, id: &LessonId, reached: &Reached, lang: Lang) -> (&'static str, String) {
    if reached.points == 0 {
        return ("·", String::new());
    }
    let submission = Submission::read(&course.lesson_dir(id), id, "");
    let changed = submission.is_ok_and(|submission| submission.hash() != reached.source);
    let remark = lang.pick(" (changed since)", " (изменён с тех пор)");
    (if reached.solved() { "✓" } else { "…" }, if changed { remark.to_owned() } else { String::new() })
}
