//! `cargo xtask open`: the student's file in their editor, at the line where the work goes on.

use crate::cli::{lesson_or_current, named_or_current};
use clap::ArgMatches;
use grader::course::Course;
use grader::error::{Error, Result};
use grader::exit_code::ExitCode;
use grader::words::Lang;
use report::screen;
use std::ffi::OsString;
use std::io::IsTerminal;
use student::editor;
use student::place::spot;

pub fn takes() -> clap::Command {
    clap::Command::new("open")
        .about("Open a lesson in your editor, at the first line that is still to be written")
        .arg(lesson_or_current())
        .after_help(
            "The editor is $VISUAL, else $EDITOR. Without one, or without a terminal, the line is only printed.",
        )
}

/// Prints `path:line`, which terminals make a link of, and hands the terminal to the editor, if there is one.
pub fn run(course: Course, said: &ArgMatches, lang: Lang) -> Result<ExitCode> {
    let at = spot(&course, &named_or_current(&course, said)?);
    screen::print(&format!("{}:{}\n", at.file, at.line))?;
    if !(std::io::stdin().is_terminal() && std::io::stdout().is_terminal()) {
        return Ok(ExitCode::Passed);
    }
    let Some(editor) = editor::of(|name| std::env::var(name).ok()) else {
        let text = lang.pick(
            "Name your editor to have it opened there: EDITOR=vim cargo xtask open",
            "Назовите свой редактор, и файл откроется в нём: EDITOR=vim cargo xtask open",
        );
        screen::print(&format!("{text}\n"))?;
        return Ok(ExitCode::Passed);
    };
    let path = course.root.join(&at.file);
    let (program, args) = editor::call(&editor, &path, at.line);
    let args: Vec<OsString> = args.into_iter().map(OsString::from).collect();
    let code = process::hand_over(program.as_ref(), &args, &course.root, &[])
        .map_err(|error| Error::Usage(format!("{error}; the editor is named by $VISUAL or $EDITOR")))?;
    Ok(if code == 0 { ExitCode::Passed } else { ExitCode::Failed })
}
