//! The grader is graded: whether a lesson's checks accept what is right, reject what is wrong, and say what they claim.
//!
//! Every program goes the same road as a student's. What is found comes back as findings; an empty list is a pass.

mod checks;
mod markdown;
pub mod texts;

use grader::beliefs::{self, Known};
use grader::error::Result;
use grader::files;
use grader::grade::Grader;
use grader::lesson::Lesson;
use std::collections::BTreeMap;

/// What an audit of one lesson saw.
#[derive(Debug, Default)]
pub struct Audit {
    /// What is wrong, a sentence each, naming the file it is about.
    pub findings: Vec<String>,
    /// The checks that each wrong program failed.
    pub wrong: BTreeMap<String, Vec<String>>,
    /// The names of the right programs.
    pub right: Vec<String>,
    /// How often the solution's checks were run.
    pub runs: u64,
    /// What the lesson's file of beliefs should hold, if it holds something else.
    pub beliefs: Option<Vec<Known>>,
}

/// How hard to look.
#[derive(Debug, Clone, Copy)]
pub struct Effort {
    /// Runs of each of the solution's checks under each seed; half of them with every core kept busy.
    pub runs: u64,
}

/// Audits a lesson. `Err` means that we or the machine failed; what is wrong with the lesson is in the findings.
pub fn audit(grader: &Grader, lesson: &Lesson, effort: Effort) -> Result<Audit> {
    let mut audit = Audit::default();
    checks::programs(grader, lesson, &mut audit)?;
    checks::coverage(lesson, &mut audit);
    checks::cases(lesson, &mut audit)?;
    checks::seeds(grader, lesson, effort, &mut audit)?;
    texts::readmes(grader, lesson, &mut audit)?;
    if audit.beliefs.is_some() {
        audit
            .findings
            .push("`beliefs.toml` is not what the wrong programs print: `--update` writes it anew".to_owned());
    }
    Ok(audit)
}

/// Writes the lesson's file of beliefs anew, from what its wrong programs print now.
pub fn update_beliefs(grader: &Grader, lesson: &Lesson) -> Result<()> {
    let mut audit = Audit::default();
    checks::programs(grader, lesson, &mut audit)?;
    match audit.beliefs {
        Some(known) => files::write(&beliefs::path(lesson), beliefs::to_toml(&known).as_bytes()),
        None => Ok(()),
    }
}
