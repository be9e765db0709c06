//! What a check came to, and what a lesson's checks came to together. Data only: no judging, no printing.

use crate::build::{Diagnostic, OutOfBounds, Place};
use crate::lesson::{Check, Lesson};
use crate::submission::Unreadable;
use crate::tried::Tried;
use crate::words::Text;
use interleave::wire::{Broken, What};

/// What one check came to. The five are never mixed: a fault of ours is never a zero of theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// As expected, to the letter, in a run that ended as it should.
    Passed,
    /// It ran, and something else came out.
    Failed(Failure),
    /// It could not be asked.
    NotRun(Reason),
    /// The submission broke its run.
    Fault(Fault),
    /// We or the machine failed. Never scored.
    GraderFault(String),
}

/// How what came out differs from what was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The transcript differs.
    Transcript {
        /// The seed of the run: `check --seed` brings the same inputs again.
        seed: u64,
        /// The transcript that was expected, as text.
        expected: String,
        /// The transcript that came.
        got: String,
        /// The panic that ended the run, if one did, as `path:line:column`.
        panicked_at: Option<String>,
        /// What the student seems to believe: words of the wrong programs that print the same, the likeliest first.
        beliefs: Vec<Belief>,
        /// Whether the student's code printed something that looks like a mark of the probe's.
        look_alike: bool,
    },
    /// Under this schedule a promise of the lesson's does not hold.
    Schedule(Box<Broken>),
    /// The student's own tests do not tell the right services from the broken ones: what came of each, the right first.
    OwnTests(Vec<Tried>),
    /// `todo!()` was reached.
    Todo {
        /// `path:line:column` of it.
        at: String,
    },
    /// A program that the lesson's types must reject compiles, or is rejected for another reason.
    Accepted {
        /// The case.
        case: String,
        /// The lines that must be rejected, as `E0597 at line 12`.
        pinned: Vec<String>,
        /// What the compiler said instead; empty if it said nothing.
        said: Vec<Diagnostic>,
    },
    /// A program that must compile against the student's crate does not.
    Rejected {
        /// The case.
        case: String,
        /// Why the compiler rejects it.
        said: Vec<Diagnostic>,
    },
}

/// What a student may believe who wrote this.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Belief {
    /// The belief, and what to look at.
    pub text: Text,
    /// Whether the program fails everywhere as one does that was written so; else it only prints the same here.
    pub certain: bool,
}

/// Why a check was not run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The check with this id has to pass first.
    Blocked(String),
    /// The submission does not compile: the report has the errors.
    DoesNotCompile,
    /// The lesson's calls do not fit the submission's signatures.
    DoesNotFit(Vec<Diagnostic>),
    /// There is no submission to compile: the report has the reason.
    NoSubmission,
    /// Its schedules could not be explored, for this reason. That says nothing against the submission.
    NotExplored(String),
}

/// How a submission broke its run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The seed of the run.
    pub seed: u64,
    /// What happened.
    pub kind: FaultKind,
    /// The transcript up to then, as text: the last mark says what was being called.
    pub got: String,
    /// What it printed to standard error, cut to its last part.
    pub stderr: String,
}

/// What happened to a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// It was still running at the deadline, after this many milliseconds.
    Hang {
        /// The deadline, in milliseconds.
        deadline_ms: u64,
    },
    /// It was still computing when its time was up.
    Busy {
        /// The time that it had, in milliseconds.
        after_ms: u64,
    },
    /// It asked for more memory than it may have.
    Memory {
        /// What it may have, in bytes.
        limit: u64,
    },
    /// It printed more than is read.
    Output {
        /// What is read, in bytes.
        limit: u64,
    },
    /// It had more threads or processes than it may have.
    Tasks,
    /// It left more files behind than it may, or larger ones.
    Disk,
    /// The process ended before the check had, with this exit code.
    EndedEarly(i32),
    /// The system ended it with this signal.
    Signal(i32),
    /// It left processes behind.
    Stragglers,
}

/// A check's id, and what it came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckReport {
    /// The check's id.
    pub id: String,
    /// What it is worth, in points.
    pub points: u64,
    /// What it came to.
    pub outcome: Outcome,
    /// How many schedules it passed in, if it is one that is explored.
    pub explored: Option<Coverage>,
}

/// How far the schedules of a check that passed were explored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coverage {
    /// How many there were.
    pub schedules: u64,
    /// Whether there are no others.
    pub complete: bool,
    /// The most preemptions for which all of them were explored.
    pub preemptions: u32,
}

/// What one lesson's checks came to for one submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// `lesson-05`.
    pub lesson: String,
    /// The file that was judged first of all, as the student knows it.
    pub source: String,
    /// What kept us from grading the lesson at all: the grader's, the course's or the machine's fault.
    pub fault: Option<String>,
    /// What keeps the submission from being compiled.
    pub unreadable: Option<Unreadable>,
    /// Why the submission does not compile; the compiler's own errors.
    pub errors: Vec<Diagnostic>,
    /// The bound that the compiler ran into on this source.
    pub compiler_bomb: Option<OutOfBounds>,
    /// Every check of the lesson, in its order. None can vanish.
    pub checks: Vec<CheckReport>,
    /// Files that were found and not taken.
    pub ignored: Vec<String>,
    /// What produced this.
    pub made_by: MadeBy,
}

/// What produced a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeBy {
    /// The grader's version.
    pub grader: String,
    /// SHA-256 of the lesson's checks and reference solution.
    pub checks: String,
    /// SHA-256 of the submission; empty if it could not be read.
    pub submission: String,
    /// What `rustc --version` says.
    pub toolchain: String,
    /// What held the submission.
    pub isolation: Isolation,
    /// The seed that was asked for, in place of the public ones or besides them.
    pub seed: Option<u64>,
}

/// What held a submission while it was compiled and run, by its name in reports: `limits` for one's own code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Isolation(pub String);

impl Isolation {
    /// Deadlines, caps on output and memory, the whole process tree ended.
    pub fn limits() -> Isolation {
        Isolation("limits".to_owned())
    }
}

impl Report {
    /// The report on a lesson that could not be graded, for no fault of the submission's: each of its checks, as far as
    /// they are known, has the grader's fault for an outcome. Nothing of it is a zero.
    pub fn failed(lesson: &Lesson, why: &str) -> Report {
        let outcome = |check: &Check| CheckReport {
            id: check.id.clone(),
            points: check.points,
            outcome: Outcome::GraderFault(why.to_owned()),
            explored: None,
        };
        Report {
            lesson: lesson.id.to_string(),
            source: String::new(),
            fault: Some(why.to_owned()),
            unreadable: None,
            errors: Vec::new(),
            compiler_bomb: None,
            checks: lesson.checks.iter().map(outcome).collect(),
            ignored: Vec::new(),
            made_by: MadeBy {
                grader: env!("CARGO_PKG_VERSION").to_owned(),
                checks: lesson.checks_hash.clone(),
                submission: String::new(),
                toolchain: String::new(),
                isolation: Isolation("none".to_owned()),
                seed: None,
            },
        }
    }

    /// The points earned.
    pub fn score(&self) -> u64 {
        self.checks.iter().filter(|check| check.outcome == Outcome::Passed).map(|check| check.points).sum()
    }

    /// The points that can be earned.
    pub fn points(&self) -> u64 {
        self.checks.iter().map(|check| check.points).sum()
    }

    /// Whether every check passed.
    pub fn full_marks(&self) -> bool {
        self.fault.is_none() && self.checks.iter().all(|check| check.outcome == Outcome::Passed)
    }

    /// Whether we or the machine failed somewhere, so that the score means nothing.
    pub fn grader_failed(&self) -> bool {
        self.fault.is_some() || self.checks.iter().any(|check| matches!(check.outcome, Outcome::GraderFault(_)))
    }

    /// Whether there was nothing to run: no submission, or one that does not compile.
    pub fn does_not_compile(&self) -> bool {
        self.unreadable.is_some() || self.compiler_bomb.is_some() || !self.errors.is_empty()
    }

    /// The checks that did not pass by themselves: those that are merely blocked by another are left out.
    pub fn failing(&self) -> impl Iterator<Item = &CheckReport> {
        let blocked = |outcome: &Outcome| matches!(outcome, Outcome::NotRun(Reason::Blocked(_)));
        self.checks.iter().filter(move |check| check.outcome != Outcome::Passed && !blocked(&check.outcome))
    }

    /// The first check that did not pass and is not merely blocked by another.
    pub fn first_to_mend(&self) -> Option<&CheckReport> {
        self.failing().next().or_else(|| self.checks.iter().find(|check| check.outcome != Outcome::Passed))
    }
}

impl Outcome {
    /// The first diagnostic that explains this outcome, if the compiler has a word in it.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        match self {
            Outcome::Failed(Failure::Accepted { said, .. } | Failure::Rejected { said, .. }) => said,
            Outcome::NotRun(Reason::DoesNotFit(said)) => said,
            _ => &[],
        }
    }

    /// The place in the student's source that it points at, if there is one: `src/lib.rs:12:5`.
    pub fn place(&self) -> Option<Place> {
        match self {
            Outcome::Failed(Failure::Todo { at }) => parse_place(at),
            Outcome::Failed(Failure::Transcript { panicked_at: Some(at), .. }) => parse_place(at),
            Outcome::Failed(Failure::Schedule(broken)) => last_of_theirs(broken),
            Outcome::Failed(Failure::OwnTests(tried)) => {
                tried.iter().find_map(Tried::wrongly_failed_at).and_then(parse_place)
            }
            _ => None,
        }
    }
}

/// Where a broken schedule points at, in a file of the submission's: where a thread goes on that was stopped for another,
/// which is where it acts on what it saw before; else where somebody waits for ever; else the last step.
fn last_of_theirs(broken: &Broken) -> Option<Place> {
    let steps = &broken.steps;
    let goes_on = |at: &usize| {
        let before = steps[..*at].iter().rposition(|step| step.thread == steps[*at].thread);
        before.is_some_and(|before| before + 1 < *at && !steps[before].waits) && steps[*at].what != "join"
    };
    let stale = (0..steps.len()).filter(goes_on).map(|at| &steps[at].place);
    let waiting = match &broken.what {
        What::Deadlock(waiting) | What::Leak(waiting) | What::Livelock { busy: waiting, .. } => waiting.as_slice(),
        What::Panic { .. } | What::Promise { .. } => &[],
    };
    let places = stale.chain(waiting.iter().map(|it| &it.place)).chain(steps.iter().rev().map(|step| &step.place));
    let place = places.into_iter().find(|place| !is_the_courses(&place.file))?;
    let line = u64::from(place.line);
    Some(Place { file: place.file.clone(), line, column: 1, end_line: line, end_column: 1 })
}

/// Whether a file belongs to the checks rather than to a submission, by the name that messages have for it.
pub fn is_the_courses(file: &str) -> bool {
    file.starts_with("grader/")
}

fn parse_place(at: &str) -> Option<Place> {
    let mut parts = at.rsplitn(3, ':');
    let (column, line, file) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.to_owned());
    Some(Place { file, line, column, end_line: line, end_column: column })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn failed(got: &str) -> Outcome {
        Outcome::Failed(Failure::Transcript {
            seed: 1,
            expected: "expected".to_owned(),
            got: got.to_owned(),
            panicked_at: None,
            beliefs: Vec::new(),
            look_alike: false,
        })
    }

    pub(crate) fn report(checks: Vec<(&str, Outcome)>) -> Report {
        Report {
            lesson: "lesson-05".to_owned(),
            source: "src/lib.rs".to_owned(),
            fault: None,
            unreadable: None,
            errors: Vec::new(),
            compiler_bomb: None,
            checks: checks
                .into_iter()
                .map(|(id, outcome)| CheckReport { id: id.to_owned(), points: 10, outcome, explored: None })
                .collect(),
            ignored: Vec::new(),
            made_by: MadeBy {
                grader: "0.1.0".to_owned(),
                checks: String::new(),
                submission: String::new(),
                toolchain: "rustc 1.95.0".to_owned(),
                isolation: Isolation::limits(),
                seed: None,
            },
        }
    }

    #[test]
    fn a_fault_of_ours_is_neither_full_marks_nor_the_students_to_mend_first() {
        let report = report(vec![("a", Outcome::Passed), ("b", Outcome::GraderFault("x".to_owned()))]);
        assert!(report.grader_failed() && !report.full_marks());
        assert_eq!((report.score(), report.points()), (10, 20));
    }

    #[test]
    fn what_is_blocked_is_not_what_to_mend() {
        let blocked = Outcome::NotRun(Reason::Blocked("b".to_owned()));
        let report = report(vec![("a", blocked), ("b", failed("1"))]);
        assert_eq!(report.first_to_mend().unwrap().id, "b");
        assert_eq!(report.failing().count(), 1);
    }
}
