//! `cargo xtask next`: the lesson to go on with, where its text lies, and the line to start at.

use crate::cli::json;
use clap::ArgMatches;
use grader::course::Course;
use grader::error::Result;
use grader::exit_code::ExitCode;
use grader::lesson::Lesson;
use grader::readme;
use grader::words::Lang;
use report::{lessons, screen};
use serde_json::json as value;
use student::overview;
use student::place::spot;
use student::progress::Progress;

pub fn takes() -> clap::Command {
    clap::Command::new("next").about("Show the next lesson, what to read and where to start").arg(json())
}

/// Shows the first lesson that never had full marks.
pub fn run(course: Course, said: &ArgMatches, lang: Lang) -> Result<ExitCode> {
    let progress = Progress::load(&course)?;
    let id = overview::next(&course, &progress)?;
    let lesson = Lesson::load(&course, &id)?;
    let reached = progress.of(&id);
    let (row, at) = (overview::row(&course, &lesson, &reached), spot(&course, &id));
    let read = format!("lessons/{}/{}", id.folder(), readme::file_name(lang));
    if said.get_flag("json") {
        let said = value!({
            "schema": "yield-to-await/next/v1",
            "lesson": lessons::row_json(&row),
            "read": read,
            "file": at.file,
            "line": at.line,
            "all_passed": reached.solved(),
        });
        screen::data(&format!("{said}\n"))?;
        return Ok(ExitCode::Passed);
    }
    let (strong, faint) = (anstyle::Style::new().bold(), anstyle::Style::new().dimmed());
    let (points, minutes) = (lesson.points(), lesson.minutes);
    let head = format!("{strong}{id} {}{strong:#} · {}", id.slug, lesson.title.get(lang));
    let worth = match lang {
        Lang::En => format!("{} of {points} points, about {minutes} min", reached.score),
        Lang::Ru => format!("баллов: {} из {points}, около {minutes} мин", reached.score),
    };
    let all = lang.pick("Every lesson has had full marks. The last one:", "Все уроки пройдены. Последний:");
    let before = if reached.solved() { format!("{all}\n") } else { String::new() };
    let labels = lang.pick("read |write|check", "прочесть |написать |проверить").split('|').collect::<Vec<_>>();
    screen::print(&format!(
        "{before}{head}\n{faint}{worth}{faint:#}\n\n  {faint}{}{faint:#}  {read}\n  {faint}{}{faint:#}  {}:{}\n  \
         {faint}{}{faint:#}  cargo xtask check {id}\n",
        labels[0], labels[1], at.file, at.line, labels[2]
    ))?;
    Ok(ExitCode::Passed)
}
