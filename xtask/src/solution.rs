//! `cargo xtask solution`: the reference solution, for whoever has had full marks, or says that they want it.

use crate::cli::{lesson_or_current, named_or_current, yes};
use clap::ArgMatches;
use grader::course::{Course, LessonId};
use grader::error::{Error, Result};
use grader::exit_code::ExitCode;
use grader::submission::Submission;
use grader::words::Lang;
use report::screen;
use std::collections::BTreeMap;
use student::progress::Progress;

pub fn takes() -> clap::Command {
    clap::Command::new("solution")
        .about("Show the reference solution, once you have had full marks")
        .arg(lesson_or_current())
        .arg(yes("Show it before that, too"))
}

/// Prints its files, each under its path.
pub fn run(course: Course, said: &ArgMatches, lang: Lang) -> Result<ExitCode> {
    let id = named_or_current(&course, said)?;
    let files = of(&course, &id, said.get_flag("yes"), lang)?;
    let faint = anstyle::Style::new().dimmed();
    for (path, text) in files {
        screen::print(&format!("{faint}// solutions/{}/src/{path}{faint:#}\n{text}", id.folder()))?;
    }
    let text = lang.pick("to compare it with yours", "сравнить с вашим");
    screen::print(&format!("\n{faint}// {text}: cargo xtask diff {id} --solution{faint:#}\n"))?;
    Ok(ExitCode::Passed)
}

/// The files of the reference solution, by their paths below `src/`. Refused, as a wrong call, before full marks unless
/// `anyway`; and where the course came without solutions.
pub fn of(course: &Course, id: &LessonId, anyway: bool, lang: Lang) -> Result<BTreeMap<String, String>> {
    if !anyway && !Progress::load(course)?.of(id).solved() {
        return Err(Error::Usage(match lang {
            Lang::En => format!("{id} has not had full marks yet; `--yes` shows the solution all the same"),
            Lang::Ru => format!("за {id} ещё не было полного балла; `--yes` покажет решение всё равно"),
        }));
    }
    let read = Submission::read(&course.solution_dir(id), id, &format!("solutions/{}", id.folder()));
    read.map(|solution| solution.files).map_err(|_| {
        Error::Usage(match lang {
            Lang::En => format!("this course came without the solution of {id}"),
            Lang::Ru => format!("в этом курсе нет решения урока {id}"),
        })
    })
}
