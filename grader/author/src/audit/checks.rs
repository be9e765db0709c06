//! Whether the checks of a lesson tell right from wrong.

use super::Audit;
use super::ways::Ways;
use crate::programs::{self, Kind, Program};
use grader::beliefs::{self, Known, Marks};
use grader::error::Result;
use grader::grade::{Grader, Origin, Request, Seeds};
use grader::lesson::{CheckKind, Lesson};
use grader::outcome::{CheckReport, Failure, Outcome, Reason, Report};
use grader::parallel;
use grader::submission::{Submission, Unreadable};
use grader::tried::Tried;
use grader::words::Lang;
use report::phrases;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A program to grade, and what it should come to.
struct Graded {
    name: String,
    submission: std::result::Result<Submission, Unreadable>,
    expect: Expect,
}

enum Expect {
    Nothing,
    Everything,
    Fails(Vec<String>),
}

/// The stub earns nothing, the solution and each right program everything, and each wrong program fails what it names.
///
/// Gives the programs, the wrong ones first, and how each of them failed.
pub fn programs(grader: &Grader, lesson: &Lesson, audit: &mut Audit) -> Result<(Vec<Program>, BTreeMap<String, Ways>)> {
    let Some((wrong, right)) = audit.note(load(grader, lesson))? else { return Ok(Default::default()) };
    for (kind, programs, least) in [("wrong/", &wrong, LEAST_WRONG), ("right/", &right, LEAST_RIGHT)] {
        if programs.len() < least {
            let has = programs.len();
            audit.findings.push(format!("`{kind}` has {has} programs; a lesson needs {least} at the least"));
        }
    }
    let all = to_grade(grader, lesson, &wrong, &right);
    let reports = parallel::map(&all, at_a_time(), |graded| {
        let origin = match graded.name.as_str() {
            SOLUTION => Origin::Reference,
            name => Origin::Other(name.replace('/', "-")),
        };
        grader.grade(&Request { lesson, submission: graded.submission.clone(), origin, seeds: Seeds::Public })
    });
    let (mut marks, mut ways) = (BTreeMap::new(), BTreeMap::new());
    for (graded, report) in all.iter().zip(reports) {
        let Some(report) = audit.note(report)? else { continue };
        judge_program(graded, &report, lesson, audit);
        marks.insert(graded.name.clone(), Marks::of(&report));
        ways.insert(graded.name.clone(), Ways::of(&report));
    }
    let known: Vec<Known> = wrong.iter().filter_map(|program| known(program, &marks)).collect();
    if !beliefs::path(lesson).is_file() || !beliefs::known(lesson).is_ok_and(|kept| beliefs::is_current(&kept, &known))
    {
        audit.beliefs = Some(known);
    }
    Ok((wrong.into_iter().chain(right).collect(), ways))
}

/// How many programs are graded at a time. Whoever hangs, mostly sleeps, and compilers wait for their turn: so these are
/// many, and yet not so many that all that spin for ever would keep the others from coming to their end.
pub fn at_a_time() -> usize {
    6 * parallel::processors()
}

/// What the reference solution is called among the programs.
const SOLUTION: &str = "solution";

/// How many wrong programs a lesson has at the least.
pub const LEAST_WRONG: usize = 6;
/// How many right programs, built otherwise than the solution, a lesson has at the least.
pub const LEAST_RIGHT: usize = 3;

/// How many checks a lesson has at the least, one of them a compile check.
pub const LEAST_CHECKS: usize = 4;

fn load(grader: &Grader, lesson: &Lesson) -> Result<(Vec<Program>, Vec<Program>)> {
    let solution = grader.course.solution_dir(&lesson.id);
    Ok((programs::wrong(lesson, &solution)?, programs::right(lesson, &solution)?))
}

fn to_grade(grader: &Grader, lesson: &Lesson, wrong: &[Program], right: &[Program]) -> Vec<Graded> {
    let course = &grader.course;
    let folder = |name: &str, dir: &Path, expect| Graded {
        name: name.to_owned(),
        submission: Submission::read(dir, &lesson.id, name),
        expect,
    };
    let mut all = vec![
        folder("stub", &course.lesson_dir(&lesson.id), Expect::Nothing),
        folder(SOLUTION, &course.solution_dir(&lesson.id), Expect::Everything),
    ];
    all.extend(wrong.iter().chain(right).map(|program| Graded {
        name: program.name.clone(),
        submission: Ok(program.submission.clone()),
        expect: match &program.kind {
            Kind::Wrong { fails, .. } => Expect::Fails(fails.clone()),
            Kind::Right => Expect::Everything,
        },
    }));
    all
}

fn known(program: &Program, marks: &BTreeMap<String, Marks>) -> Option<Known> {
    let Kind::Wrong { belief, races, .. } = &program.kind else { return None };
    let name = program.name.trim_start_matches("wrong/").to_owned();
    let mut marks = marks.get(&program.name)?.clone();
    marks.prints.retain(|_| !races);
    Some(Known { name, belief: belief.clone(), marks })
}

fn judge_program(program: &Graded, report: &Report, lesson: &Lesson, audit: &mut Audit) {
    let name = &program.name;
    let mut find = |what: String| audit.findings.push(format!("{name}: {what}"));
    for check in &report.checks {
        if let Outcome::GraderFault(why) = &check.outcome {
            find(format!("the grader failed in `{}`: {why}", check.id));
        }
    }
    if report.does_not_compile() {
        let error = report.errors.first().map(|error| error.headline.clone());
        let defect = report.unreadable.as_ref().map(|it| phrases::unreadable(it, Lang::En));
        let bomb = report.compiler_bomb.map(|_| phrases::compiler_bomb(Lang::En).to_owned());
        return find(format!("does not compile: {}", error.or(defect).or(bomb).unwrap_or_default()));
    }
    let failed: Vec<String> = report.failing().map(|check| check.id.clone()).collect();
    match &program.expect {
        Expect::Nothing => {
            if report.score() > 0 {
                let passed = report
                    .checks
                    .iter()
                    .filter(|check| check.outcome == Outcome::Passed)
                    .map(|check| check.id.as_str());
                find(format!("should earn nothing, but passes {}", passed.collect::<Vec<_>>().join(", ")));
            }
            for check in report.checks.iter().filter(|check| !not_written_yet(check, report)) {
                find(format!(
                    "earns nothing in `{}`, but not because `todo!()` is reached: {}",
                    check.id,
                    phrases::what_happened(check, Lang::En)
                ));
            }
        }
        Expect::Everything => {
            for check in report.checks.iter().filter(|check| check.outcome != Outcome::Passed) {
                find(format!("should pass `{}`, but {}", check.id, phrases::what_happened(check, Lang::En)));
            }
            if let Some(name) = name.strip_prefix("right/") {
                audit.right.push(name.to_owned());
            }
        }
        Expect::Fails(named) => {
            if let Some(unknown) = named.iter().find(|id| lesson.check(id).is_none()) {
                find(format!("names `{unknown}`, which is no check of this lesson"));
            }
            let (named_set, failed_set): (BTreeSet<&String>, BTreeSet<&String>) =
                (named.iter().collect(), failed.iter().collect());
            for id in named_set.difference(&failed_set) {
                find(format!("should fail `{id}`, and does not"));
            }
            for id in failed_set.difference(&named_set) {
                find(format!("fails `{id}` without naming it"));
            }
            for check in &report.checks {
                let Outcome::Failed(Failure::OwnTests(tried)) = &check.outcome else { continue };
                let (right, broken): (Vec<&Tried>, Vec<&Tried>) = tried.iter().partition(|it| it.flaw.is_none());
                if right.into_iter().all(Tried::told) {
                    let missed = broken.into_iter().filter(|it| !it.told()).filter_map(|it| it.flaw.as_ref());
                    audit.missed.extend(missed.map(|flaw| (check.id.clone(), flaw.en.clone())));
                }
            }
            audit.wrong.insert(name.trim_start_matches("wrong/").to_owned(), failed);
        }
    }
}

/// Every check is the reason for some wrong program's failure: one that nothing fails could be left out.
pub fn coverage(lesson: &Lesson, audit: &mut Audit) {
    for check in &lesson.checks {
        if !audit.wrong.values().any(|failed| failed.contains(&check.id)) {
            audit.findings.push(format!("no wrong program fails `{}`", check.id));
        }
    }
    for check in &lesson.checks {
        let CheckKind::Test { services, flaws, .. } = &check.kind else { continue };
        for flaw in flaws {
            if !audit.missed.contains(&(check.id.clone(), flaw.does.en.clone())) {
                let finding = format!("`{}`: no wrong program's tests let the flaw `{}` pass", check.id, flaw.id);
                audit.findings.push(finding);
            }
            let source = std::fs::read_to_string(&services[flaw.service]).unwrap_or_default();
            if !source.contains(&format!("flaw!(\"{}\")", flaw.id)) {
                let finding = format!("`{}`: its service never asks for the flaw `{}`", check.id, flaw.id);
                audit.findings.push(finding);
            }
        }
    }
    if lesson.checks.len() < LEAST_CHECKS {
        let has = lesson.checks.len();
        audit.findings.push(format!("has {has} checks; a lesson needs {LEAST_CHECKS} at the least"));
    }
    if !lesson.checks.iter().any(|check| matches!(check.kind, CheckKind::Compile { .. })) {
        audit.findings.push("a lesson needs at least one compile check".to_owned());
    }
}

/// How the message of a `todo!()`'s panic begins.
const TODO: &str = "not yet implemented";

/// Whether a stub fails this check since its `todo!()` is reached, there or in what the check needs. A program that the
/// types must reject compiles against a stub for whatever reason, so a compile check has to need one that runs.
fn not_written_yet(check: &CheckReport, report: &Report) -> bool {
    match &check.outcome {
        Outcome::Failed(Failure::Todo { .. }) | Outcome::Passed | Outcome::GraderFault(_) => true,
        // A probe that catches panics marks their words.
        Outcome::Failed(Failure::Transcript { got, .. }) => got.contains(TODO),
        Outcome::NotRun(Reason::Blocked(need)) => {
            report.checks.iter().find(|it| it.id == *need).is_some_and(|need| not_written_yet(need, report))
        }
        _ => false,
    }
}
