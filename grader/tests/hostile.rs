//! Submissions of tricksters, a program a file in `hostile/`, each graded for real in a sandbox: contained, rightly
//! named, without a trace, and to no neighbour's loss.
//!
//! A file's head says what it tries and which verdict must come out. Most are a module whose `attack` a right lesson 05
//! calls where its clock is read; those that say `place: whole` are the crate's root. A program prints `ESCAPED` where it
//! got what it may not have, and then fails.
//!
//! They are graded in another process, which is bounded from outside: by root in the strongest sandbox of this machine,
//! and once more by an ordinary user in the weakest. On Linux a sandbox that can't be had is a failure.
#![cfg(target_os = "linux")]

mod common;
#[path = "strangers/corpus.rs"]
mod corpus;
#[path = "strangers/intake.rs"]
mod intake;
#[path = "strangers/stage.rs"]
mod stage;

use corpus::{Program, corpus, neighbour, verdict_name};
use grader::parallel;
use stage::{Stage, Yard};

/// Programs under way at a time.
const AT_A_TIME: usize = 3;
/// A neighbour is graded after so many of them.
const BETWEEN: usize = 10;

#[test]
fn hostile_programs_are_contained_and_named_in_the_strongest_sandbox() {
    stage::apart("grades_the_corpus", "strongest", None);
}

#[test]
fn an_ordinary_users_grader_names_the_same_in_the_weakest_sandbox() {
    stage::apart("grades_the_corpus", "weakest", stage::ordinary_user());
}

/// Not a test of its own: what the tests above start.
#[test]
#[ignore = "the tests of this file start it, bounded from outside"]
fn grades_the_corpus() {
    let Some(stage) = Stage::of_this_process() else { return };
    let yard = Yard::new();
    let alone: Vec<String> = (0..2).map(|n| stage.neighbours_report(&neighbour(n))).collect();
    let programs = corpus(&stage, &yard);
    assert!(programs.len() > 60, "{} programs", programs.len());
    let found = parallel::map(&programs.chunks(BETWEEN).collect::<Vec<_>>(), AT_A_TIME, |programs| {
        let mut wrong: Vec<String> = programs.iter().filter_map(|program| told_wrongly(&stage, program)).collect();
        for (n, alone) in (0..).zip(&alone) {
            if stage.neighbours_report(&neighbour(n)) != *alone {
                wrong.push(format!("neighbour {n} is told something else beside {:?}", programs[0].name));
            }
        }
        wrong
    });
    let mut wrong = found.concat();
    wrong.extend(yard.touched());
    wrong.extend(stage.left_behind());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is wrong with the verdict on this program, if anything.
fn told_wrongly(stage: &Stage, program: &Program) -> Option<String> {
    let report = match stage.grade(program) {
        Ok(report) => report,
        Err(error) => return Some(format!("{}: the grader failed: {}", program.name, error.chain())),
    };
    let named = verdict_name(&report);
    println!("| {} | {} | {named} | {} |", program.name, program.tries, stage.level());
    let right = program.verdicts.contains(&named);
    (!right).then(|| format!("{}: {named}, not {:?}: {report:?}", program.name, program.verdicts))
}
