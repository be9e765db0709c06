//! `cargo xtask quiz`: the questions of the READMEs, in the terminal. Without one it prints them, and asks nothing.

use crate::cli::{lesson, named};
use clap::ArgMatches;
use grader::course::{Course, LessonId};
use grader::error::{Error, Result};
use grader::exit_code::ExitCode;
use grader::lesson::Lesson;
use grader::quiz::{Question, questions};
use grader::transcript::is_mark;
use grader::words::Lang;
use report::screen;
use report::terminal::wrapped;
use std::fmt::Write as _;
use std::io::{BufRead, IsTerminal};

pub fn takes() -> clap::Command {
    clap::Command::new("quiz")
        .about("Predict the output: the questions of the READMEs, in the terminal")
        .arg(lesson().help("The lesson [default: all, one after the other]"))
}

/// Asks the questions of one lesson, or of all. The end of input ends it.
pub fn run(course: Course, said: &ArgMatches, lang: Lang) -> Result<ExitCode> {
    let course = &course;
    let lessons: Vec<LessonId> = match named(said) {
        Some(name) => vec![course.find(name)?.clone()],
        None => course.lessons.clone(),
    };
    let asks = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    let mut lines = std::io::stdin().lock().lines();
    for id in lessons {
        let lesson = Lesson::load(course, &id)?;
        for question in questions(course, &lesson, lang)? {
            screen::print(&ask(&lesson, &question, lang))?;
            if !asks {
                continue;
            }
            let invite = lang.pick("Your guess, then Enter: ", "Ваша догадка, затем Enter: ");
            screen::print(&format!("\n{invite}"))?;
            match lines.next() {
                Some(Ok(_)) => screen::print(&answer(&question))?,
                Some(Err(error)) => return Err(Error::caused("failed to read your answer", error)),
                None => {
                    screen::print("\n")?;
                    return Ok(ExitCode::Passed);
                }
            }
        }
    }
    Ok(ExitCode::Passed)
}

fn ask(lesson: &Lesson, question: &Question, lang: Lang) -> String {
    let strong = anstyle::Style::new().bold();
    let faint = anstyle::Style::new().dimmed();
    let title = lesson.title.get(lang);
    let text = wrapped(&question.question, screen::width());
    let mut out = format!("\n{faint}{} · {title}{faint:#}\n{strong}{}{strong:#}\n", lesson.id, text.trim_end());
    if !question.program.is_empty() {
        let _ = writeln!(out, "\n{faint}{}{faint:#}", lang.pick("The slide's program:", "Программа со слайда:"));
        question.program.iter().for_each(|line| out += &format!("    {line}\n"));
    }
    if !question.rules.is_empty() {
        let _ = writeln!(out, "\n{faint}{}{faint:#}", lang.pick("The task says:", "В задаче сказано:"));
        question.rules.iter().for_each(|rule| out += &wrapped(&format!("– {rule}"), screen::width()));
    }
    out
}

fn answer(question: &Question) -> String {
    let faint = anstyle::Style::new().dimmed();
    let mut out = String::from("\n");
    for line in &question.answer {
        let style = if is_mark(line) { faint } else { anstyle::Style::new() };
        let _ = writeln!(out, "    {style}{line}{style:#}");
    }
    let _ = write!(out, "\n{}", wrapped(&question.explanation, screen::width()));
    out
}
