//! Grades mutants, and counts what became of them.

use super::{Mutant, all, equivalent};
use crate::audit::checks::at_a_time;
use crate::programs;
use grader::error::Result;
use grader::files;
use grader::grade::{Grader, Origin, Request, Seeds};
use grader::lesson::Lesson;
use grader::outcome::{Outcome, Report};
use grader::parallel;
use grader::submission::Submission;
use std::collections::BTreeMap;

/// What became of the mutants of one program.
#[derive(Debug, Default)]
pub struct Tested {
    /// `solution`, or `right/NAME`.
    pub program: String,
    /// How many were made.
    pub made: usize,
    /// How many of them did not compile.
    pub not_compiled: usize,
    /// How many were rejected, by the first check that did.
    pub killed: BTreeMap<String, usize>,
    /// How many are listed, with a reason, as doing the same.
    pub equivalent: usize,
    /// Those that earned full marks, and are not listed.
    pub survivors: Vec<Mutant>,
    /// What is wrong, a sentence each: a survivor, an entry of the list that is no survivor, a fault of the grader's.
    pub findings: Vec<String>,
}

/// Tests the mutants of the lesson's solution against its checks.
pub fn of_solution(grader: &Grader, lesson: &Lesson) -> Result<Tested> {
    let base = grader::files::crate_files(&grader.course.solution_dir(&lesson.id).join("src"))?;
    let listed = equivalent::listed(lesson)?;
    let (mut tested, alive) = test(grader, lesson, "solution", &base)?;
    for known in &listed {
        if !alive.iter().any(|mutant| known.is(mutant)) {
            let first = known.patch.lines().find(|line| line.starts_with(['-', '+']) && !line.starts_with("---"));
            tested.findings.push(format!(
                "`equivalent.toml`: no mutant that lives is this one any more: {}",
                first.unwrap_or(&known.why)
            ));
        }
    }
    let (equivalent, survivors): (Vec<_>, Vec<_>) =
        alive.into_iter().partition(|mutant| listed.iter().any(|known| known.is(mutant)));
    tested.equivalent = equivalent.len();
    tested.findings.extend(survivors.iter().map(|mutant| format!("a mutant earns full marks: {}", mutant.what)));
    tested.survivors = survivors;
    Ok(tested)
}

/// The same for each right program, to be read only: what does the same in one of them is nobody's duty to list.
pub fn of_right(grader: &Grader, lesson: &Lesson) -> Result<Vec<Tested>> {
    let right = programs::right(lesson, &grader.course.solution_dir(&lesson.id))?;
    let one = |program: &programs::Program| {
        let (mut tested, alive) = test(grader, lesson, &program.name, &program.submission.files)?;
        tested.survivors = alive;
        Ok(tested)
    };
    right.iter().map(one).collect()
}

/// Grades all mutants of a program. Gives the counts, and those that earned full marks.
fn test(
    grader: &Grader,
    lesson: &Lesson,
    program: &str,
    base: &BTreeMap<String, String>,
) -> Result<(Tested, Vec<Mutant>)> {
    let mutants: Vec<(usize, Mutant)> = all(grader, base)?.into_iter().enumerate().collect();
    let mut tested = Tested { program: program.to_owned(), made: mutants.len(), ..Tested::default() };
    let reports = parallel::map(&mutants, at_a_time(), |(number, mutant)| grade(grader, lesson, *number, mutant));
    let mut alive = Vec::new();
    for ((_, mutant), report) in mutants.into_iter().zip(reports) {
        let report = report?;
        if report.does_not_compile() {
            tested.not_compiled += 1;
        } else if let Some((check, why)) = fault(&report) {
            tested.findings.push(format!("{}: the grader failed in `{check}`: {why}", mutant.what));
        } else if let Some(check) = report.first_to_mend() {
            *tested.killed.entry(check.id.clone()).or_default() += 1;
        } else {
            alive.push(mutant);
        }
    }
    Ok((tested, alive))
}

fn grade(grader: &Grader, lesson: &Lesson, number: usize, mutant: &Mutant) -> Result<Report> {
    let name = format!("mutant-{number}");
    let submission = Ok(Submission::of_files(mutant.files.clone(), &name));
    let report =
        grader.grade(&Request { lesson, submission, origin: Origin::Other(name.clone()), seeds: Seeds::Public })?;
    // There are hundreds, and nobody looks at what they were built into.
    let place = grader.course.scratch().join("builds").join(lesson.id.to_string()).join(&name);
    files::remove_folder(&place)?;
    Ok(report)
}

fn fault(report: &Report) -> Option<(&str, &str)> {
    report.checks.iter().find_map(|check| match &check.outcome {
        Outcome::GraderFault(why) => Some((check.id.as_str(), why.as_str())),
        _ => None,
    })
}
