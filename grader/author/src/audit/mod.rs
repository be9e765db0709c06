//! The grader is graded: whether a lesson's checks accept what is right, reject what is wrong, and say what they claim.
//!
//! Every program goes the same road as a student's. What is found comes back as findings; an empty list is a pass.

pub mod cases;
pub mod checks;
mod format;
pub mod lists;
mod markdown;
pub mod probe;
pub mod rules;
mod seeds;
mod signatures;
pub mod slide;
pub mod sources;
pub mod texts;
mod ways;

use grader::beliefs::{self, Known};
use grader::error::{Error, Result};
use grader::files;
use grader::grade::Grader;
use grader::lesson::Lesson;
use grader::readme;
use grader::words::Lang;
use process::{Exit, Job, Limits, run};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

/// What an audit of one lesson saw.
#[derive(Debug, Default)]
pub struct Audit {
    /// What is wrong, a sentence each, naming the file it is about.
    pub findings: Vec<String>,
    /// The checks that each wrong program failed.
    pub wrong: BTreeMap<String, Vec<String>>,
    /// What is broken in the services that some wrong program's tests let pass, while they pass on the right ones: a check,
    /// and what the service does.
    pub missed: BTreeSet<(String, String)>,
    /// The names of the right programs.
    pub right: Vec<String>,
    /// How often the solution's checks were run.
    pub runs: u64,
    /// What is no mistake, and still good to know.
    pub notes: Vec<String>,
    /// What the lesson's file of beliefs should hold, if it holds something else.
    pub beliefs: Option<Vec<Known>>,
}

/// How hard to look.
#[derive(Debug, Clone, Copy)]
pub struct Effort {
    /// Runs of each of the solution's checks under each seed; half of them with every core kept busy.
    pub runs: u64,
}

impl Audit {
    /// Takes mistakes in the course's files down as findings, each once; other errors end the audit.
    fn note<T>(&mut self, result: Result<T>) -> Result<Option<T>> {
        match result {
            Ok(value) => Ok(Some(value)),
            Err(Error::Course(mistakes)) => {
                for finding in mistakes.iter().map(ToString::to_string) {
                    if !self.findings.contains(&finding) {
                        self.findings.push(finding);
                    }
                }
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}

/// Audits a lesson. `Err` means that we or the machine failed; what is wrong with the lesson is in the findings.
pub fn audit(grader: &Grader, lesson: &Lesson, effort: Effort) -> Result<Audit> {
    let mut audit = Audit::default();
    let course = &grader.course;
    let listed = lists::findings(course, lesson);
    audit.note(listed)?.into_iter().for_each(|found| audit.findings.extend(found));
    let read = sources::findings(course, lesson);
    audit.note(read)?.into_iter().for_each(|found| audit.findings.extend(found));
    // The slide's program mostly waits, so it runs beside the rest.
    let (graded, slide) = std::thread::scope(|scope| {
        let slide = scope.spawn(|| slide::findings(grader, lesson));
        (checks::programs(grader, lesson, &mut audit), slide.join())
    });
    let (programs, ways) = graded?;
    let slide = slide.unwrap_or_else(|_| Err(Error::machine("the thread of the slide's program panicked")));
    audit.note(slide)?.into_iter().for_each(|found| audit.findings.extend(found));
    let unformatted = format::findings(grader, lesson, programs.iter());
    audit.note(unformatted)?.into_iter().for_each(|found| audit.findings.extend(found));
    checks::coverage(lesson, &mut audit);
    let cases = cases::cases(lesson, &mut audit);
    audit.note(cases)?;
    let seeds = seeds::seeds(grader, lesson, effort, &mut audit);
    audit.note(seeds)?;
    let texts = texts::readmes(grader, lesson, &mut audit);
    audit.note(texts)?;
    let text = |lang| files::read(&course.lesson_dir(&lesson.id).join(readme::file_name(lang))).unwrap_or_default();
    match rules::findings(lesson, &text(Lang::En), &text(Lang::Ru), &programs, &ways) {
        Some(found) => audit.findings.extend(found),
        None => {
            audit.notes.push("states no rules yet: end the bullets of its task with `<!-- rule: ID -->`".to_owned());
        }
    }
    if let Some(now) = &audit.beliefs {
        let stale = beliefs::stale(&beliefs::known(lesson).unwrap_or_default(), now).join(", ");
        audit
            .findings
            .push(format!("`beliefs.toml` is not what these wrong programs print: {stale}; `--update` writes it anew"));
    }
    // Several stages meet the same mistake; and paths are read from the course's folder.
    let root = format!("{}/", course.root.display());
    let mut said = BTreeSet::new();
    audit.findings.iter_mut().for_each(|finding| *finding = finding.replace(&root, ""));
    audit.findings.retain(|finding| said.insert(finding.clone()));
    Ok(audit)
}

/// Runs a tool of the toolchain or of the machine: two minutes at the most, standard input empty.
fn bounded(program: &Path, args: Vec<OsString>, cwd: &Path, env: Vec<(OsString, OsString)>) -> Result<Exit> {
    let limits =
        Limits { deadline: Duration::from_secs(120), cpu: Duration::from_secs(240), memory: 0, output: 1 << 20 };
    let job = Job { program: program.to_owned(), args, env, cwd: cwd.to_owned(), stdin: Vec::new(), limits };
    run(&job).map_err(|error| Error::caused(format!("failed to run `{}`", program.display()), error))
}

/// Writes the lesson's file of beliefs anew, from what its wrong programs print now.
pub fn update_beliefs(grader: &Grader, lesson: &Lesson) -> Result<()> {
    let mut audit = Audit::default();
    checks::programs(grader, lesson, &mut audit)?;
    let Some(once) = audit.beliefs else { return Ok(()) };
    let mut audit = Audit::default();
    checks::programs(grader, lesson, &mut audit)?;
    // Nothing, if the second time it was all as it is kept: then what is kept is what is steady.
    let Some(again) = audit.beliefs else { return Ok(()) };
    let known = beliefs::steady(once, &again);
    files::write(&beliefs::path(lesson), beliefs::to_toml(&known).as_bytes())
}
