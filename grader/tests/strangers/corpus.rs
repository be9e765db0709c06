//! The programs of `hostile/`, read with their heads, and the names of verdicts. It starts nothing.

use crate::stage::{Stage, Yard};
use grader::outcome::{FaultKind, Outcome, Reason, Report};
use grader::submission::Submission;
use std::collections::BTreeMap;
use std::path::Path;

/// A hostile submission.
pub struct Program {
    pub name: String,
    pub tries: String,
    /// The names of the verdicts that may come out, of which one does.
    pub verdicts: Vec<String>,
    pub submission: Submission,
}

/// A right lesson 05 that calls the attack whenever it reads its clock at the start.
const RIGHT: &str = "mod attack;
    #[allow(dead_code)] mod yard;
    use std::time::Duration;
    pub trait Clock { fn now(&self) -> Duration; }
    #[must_use] pub struct TimeIt<'a, C: Clock> { clock: &'a C, start: Duration }
    pub fn timeit<C: Clock>(clock: &C) -> TimeIt<'_, C> { attack::attack(); TimeIt { clock, start: clock.now() } }
    impl<C: Clock> Drop for TimeIt<'_, C> {
        fn drop(&mut self) { println!(\"{:.2}\", self.clock.now().saturating_sub(self.start).as_secs_f64()); }
    }
    pub fn with_timeit<C: Clock, R>(clock: &C, body: impl FnOnce(Duration) -> R) -> R {
        let timer = timeit(clock);
        body(timer.start)
    }";

/// All of them, in the order of their names. Fails where a head is not as it should be.
pub fn corpus(stage: &Stage, yard: &Yard) -> Vec<Program> {
    let folder = crate::common::root().join("grader/tests/hostile");
    let course = stage.course().display().to_string();
    let yard = yard.module(&course);
    let paths = grader::files::below(&folder).unwrap();
    paths.iter().map(|path| program(path, &course, &yard)).collect()
}

fn program(path: &Path, course: &str, yard: &str) -> Program {
    let text = std::fs::read_to_string(path).unwrap();
    let head =
        |name: &str| text.lines().find_map(|line| line.strip_prefix("//! ")?.strip_prefix(name)?.strip_prefix(": "));
    let needed = |name| head(name).unwrap_or_else(|| panic!("`{}` does not say `{name}`", path.display()));
    let source = text.replace("@COURSE@", course);
    let files = match head("place") {
        Some("whole") => vec![("lib.rs", source)],
        None => vec![("lib.rs", RIGHT.to_owned()), ("attack.rs", source), ("yard.rs", yard.to_owned())],
        Some(other) => panic!("`{}` has no place `{other}`", path.display()),
    };
    Program {
        name: path.file_stem().unwrap().to_string_lossy().into_owned(),
        tries: needed("tries").to_owned(),
        verdicts: needed("verdict").split(" | ").map(str::to_owned).collect(),
        submission: submission(files),
    }
}

/// An honest program, one of several.
pub fn neighbour(n: usize) -> Submission {
    let honest = RIGHT.replace("mod attack;", "").replace("attack::attack();", "").replace("mod yard;", "mod own {}");
    submission(vec![("lib.rs", format!("{honest}\n// {n}\n"))])
}

fn submission(files: Vec<(&str, String)>) -> Submission {
    let files: BTreeMap<String, String> = files.into_iter().map(|(path, text)| (path.to_owned(), text)).collect();
    Submission::of_files(files, "src")
}

/// What the verdict on a submission is called in the programs' heads, by what its slide came to.
pub fn verdict_name(report: &Report) -> String {
    if report.grader_failed() {
        return "grader-fault".to_owned();
    }
    if report.compiler_bomb.is_some() {
        return "compiler-bomb".to_owned();
    }
    if report.errors.iter().any(|error| error.headline.ends_with("a submission is its own files")) {
        return "foreign-file".to_owned();
    }
    let name = match &report.checks[0].outcome {
        Outcome::Passed => "passed(contained)",
        Outcome::Failed(_) => "failed",
        Outcome::NotRun(Reason::DoesNotCompile) => "does-not-compile",
        Outcome::NotRun(Reason::DoesNotFit(_)) => "does-not-fit",
        Outcome::NotRun(_) => "not-run",
        Outcome::GraderFault(_) => "grader-fault",
        Outcome::Fault(fault) => match fault.kind {
            FaultKind::Hang { .. } => "hang",
            FaultKind::Busy { .. } => "busy",
            FaultKind::Memory { .. } => "memory",
            FaultKind::Output { .. } => "output",
            FaultKind::Tasks => "tasks",
            FaultKind::Disk => "disk",
            FaultKind::EndedEarly(_) => "ended-early",
            FaultKind::Signal(_) => "signal",
            FaultKind::Stragglers => "stragglers",
        },
    };
    name.to_owned()
}
