//! `cargo xtask run`: the slide's program with the student's work.

use crate::cli::{lesson_or_current, named_or_current};
use clap::ArgMatches;
use grader::course::Course;
use grader::error::{Error, Result};
use grader::exit_code::ExitCode;
use grader::grade::{Grader, Origin};
use grader::lesson::Lesson;
use grader::submission::Submission;
use grader::words::Lang;
use report::{live, phrases, screen};

pub fn takes() -> clap::Command {
    clap::Command::new("run").about("Run the slide's program with your work").arg(lesson_or_current())
}

/// Builds the program and hands it the terminal. Its exit code is not ours: that it ran is what was asked.
pub fn run(course: Course, said: &ArgMatches, lang: Lang) -> Result<ExitCode> {
    let id = named_or_current(&course, said)?;
    let grader = Grader::open(course, live::tell(1))?;
    let lesson = Lesson::load(&grader.course, &id)?;
    let folder = grader.course.lesson_dir(&id);
    let submission = match Submission::read(&folder, &id, &format!("lessons/{}", id.folder())) {
        Ok(submission) => submission,
        Err(unreadable) => {
            screen::error(&phrases::unreadable(&unreadable, lang));
            return Ok(ExitCode::DoesNotCompile);
        }
    };
    let main = folder.join("src/main.rs");
    if !main.is_file() {
        return Err(Error::course(&main, "is missing; get it back with `git checkout`"));
    }
    let built = grader.demo(&lesson, &submission, &main, &Origin::Other("run".to_owned()))?;
    live::clear();
    match built {
        Err(errors) => {
            for error in errors {
                screen::print(&error.rendered)?;
            }
            Ok(ExitCode::DoesNotCompile)
        }
        Ok(program) => {
            let fail = |error| Error::io("run", &program, error);
            let here = std::env::current_dir().map_err(fail)?;
            let code = process::hand_over(&program, &[], &here, &[]).map_err(fail)?;
            Ok(if code == 0 { ExitCode::Passed } else { ExitCode::Failed })
        }
    }
}
