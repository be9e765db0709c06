//! A program of a lesson, whole, and what it came to in the checks that it fails.

use super::{Program, right, wrong};
use grader::error::{Error, Result};
use grader::grade::{Grader, Origin, Request, Seeds};
use grader::lesson::Lesson;
use grader::outcome::{CheckReport, Failure, Outcome};
use grader::words::Lang;
use report::{own_tests, phrases, schedule};
use std::fmt::Write as _;

/// The whole text of the program that is called `wrong/NAME` or `right/NAME`, and what it printed in each failing check.
///
/// An unknown name is a wrong call that says which there are.
pub fn show(grader: &Grader, lesson: &Lesson, name: &str) -> Result<String> {
    let solution = grader.course.solution_dir(&lesson.id);
    let all: Vec<Program> = wrong(lesson, &solution)?.into_iter().chain(right(lesson, &solution)?).collect();
    let Some(program) = all.iter().find(|program| program.name == name) else {
        let names: Vec<&str> = all.iter().map(|program| program.name.as_str()).collect();
        return Err(Error::Usage(format!("{} has no program `{name}`; it has {}", lesson.id, names.join(", "))));
    };
    let mut out = String::new();
    for (file, text) in &program.submission.files {
        let _ = write!(out, "── {name} · {file}\n\n{}\n\n", text.trim_end());
    }
    let origin = Origin::Other(name.replace('/', "-"));
    let report =
        grader.grade(&Request { lesson, submission: Ok(program.submission.clone()), origin, seeds: Seeds::Public })?;
    for error in &report.errors {
        let _ = writeln!(out, "{}", error.rendered.trim_end());
    }
    for check in report.failing() {
        let _ = write!(out, "── {} · {}\n\n{}\n", check.id, phrases::what_happened(check, Lang::En), printed(check));
    }
    if report.full_marks() {
        let _ = writeln!(out, "It passes every check.");
    }
    Ok(out)
}

/// What is known of how the program failed a check: its transcript, or what the compiler says.
fn printed(check: &CheckReport) -> String {
    match &check.outcome {
        Outcome::Failed(Failure::Transcript { seed, got, .. }) => format!("seed {seed}\n{got}\n"),
        Outcome::Failed(Failure::Todo { at }) => format!("at {at}\n"),
        Outcome::Failed(Failure::Accepted { case, pinned, .. }) => {
            format!("compile/{case}.fail.rs, which pins {}\n", pinned.join(", "))
        }
        Outcome::Failed(Failure::Rejected { case, said }) => {
            let words: Vec<&str> = said.iter().map(|error| error.rendered.as_str()).collect();
            format!("compile/{case}.pass.rs\n{}\n", words.join("\n"))
        }
        Outcome::Failed(Failure::Schedule(broken)) => schedule::picture(broken, Lang::En, schedule::WIDTH),
        Outcome::Failed(Failure::OwnTests(tried)) => own_tests::table(tried, Lang::En),
        Outcome::Fault(fault) => format!("seed {}\n{}\n{}\n", fault.seed, fault.got, fault.stderr),
        Outcome::GraderFault(why) => format!("{why}\n"),
        Outcome::Passed | Outcome::NotRun(_) => String::new(),
    }
}
