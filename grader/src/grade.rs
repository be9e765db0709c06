//! The road: from a submission to a report. `check`, the audit, the tests and all else that grades go this way.
//!
//! Each stage takes the value of the one before and gives its own: a request is built, what was built is run, what was seen
//! is judged, and the report is put together of that.

use crate::beliefs;
use crate::build::{
    BUDGET, Budget, Built, Dependencies, Diagnostic, NotBuilt, Workplace, build_submission, interleave_place,
    lock_file, support,
};
use crate::course::Course;
use crate::error::{Error, Result};
use crate::event::{Event, Stage, Tell, What};
use crate::explored::Asked;
use crate::files::Digest;
use crate::hold::Hold;
use crate::judge;
use crate::key::{self, Grounds, LessonGrounds};
use crate::lesson::{Check, CheckKind, Lesson};
use crate::observe::{Run, observe};
use crate::outcome::{CheckReport, Failure, MadeBy, Outcome, Reason, Report};
use crate::parallel;
use crate::settle::{check_report, settle};
use crate::submission::{Submission, Unreadable};
use crate::toolchain::Toolchain;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

pub use crate::seeds::{Seeds, chance, seed_of};

/// The grader, ready to work: what is the same for every submission.
pub struct Grader {
    /// The course that is graded with.
    pub course: Course,
    /// The compiler.
    pub toolchain: Toolchain,
    /// The compiled crate `probe`.
    pub(crate) support: PathBuf,
    /// Who hears what happens.
    pub tell: Tell,
    /// What holds the submissions that are graded.
    pub hold: Hold,
    /// The time that the compiler may take for all of a submission.
    pub budget: Duration,
    lock: String,
    program: String,
    /// Where the compiled crate `interleave` lies, or will: what a lesson that explores rests on. Asked for by such only.
    interleave: OnceLock<PathBuf>,
    /// The keys of the crates of ours that a lesson's programs are linked with, where it explores.
    crates: OnceLock<String>,
}

/// One submission of one lesson, to be graded.
pub struct Request<'a> {
    /// The lesson.
    pub lesson: &'a Lesson,
    /// What was handed in, or why there is nothing.
    pub submission: std::result::Result<Submission, Unreadable>,
    /// Where it comes from.
    pub origin: Origin,
    /// Which inputs its checks draw.
    pub seeds: Seeds,
}

/// What a run of a check should print.
struct Expected {
    seed: u64,
    transcript: String,
}

/// Where a submission comes from, which decides what may be kept between two builds of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The student's own working tree: each build may go on from the last.
    Own,
    /// The course's reference solution: what is built is kept, until the lesson changes.
    Reference,
    /// Anything else, under this name, which is a folder's: every build starts from nothing.
    Other(String),
}

impl Origin {
    /// Somebody's folder. Different folders never share a build.
    pub fn folder(path: &Path) -> Origin {
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let digest = Digest::default().add("folder", path.as_os_str().as_encoded_bytes()).finish();
        Origin::Other(format!("path-{}", &digest[..16]))
    }

    /// The name of its build folder.
    pub fn name(&self) -> &str {
        match self {
            Origin::Own => "own",
            Origin::Reference => "kept-reference",
            Origin::Other(name) => name,
        }
    }
}

/// Checks that are under way at a time. More than the cores of most machines: whoever hangs, mostly sleeps, and five
/// checks that hang should cost one deadline rather than five.
const MOST_RUNS: usize = 8;

impl Grader {
    /// Gets ready. Fails without the course's toolchain.
    pub fn open(course: Course, tell: Tell) -> Result<Grader> {
        let toolchain = Toolchain::find(&course)?;
        let support = support(&course, &toolchain)?;
        let (lock, program) = (lock_file(&course)?, key::this_program());
        let (interleave, crates) = (OnceLock::new(), OnceLock::new());
        let (hold, budget) = (Hold::Limits, BUDGET);
        Ok(Grader { course, toolchain, support, tell, hold, budget, lock, program, interleave, crates })
    }

    /// Grades a submission. `Err` means that we or the machine failed; whatever a submission does is in the report.
    pub fn grade(&self, request: &Request<'_>) -> Result<Report> {
        let started = Instant::now();
        self.tell(request.lesson, What::Begins);
        let mut report = self.report(request)?;
        self.explain(request, &mut report)?;
        self.tell(request.lesson, What::Over(started.elapsed()));
        Ok(report)
    }

    /// The key under which a verdict on this request is stored.
    pub fn key(&self, request: &Request<'_>) -> String {
        let submission = match &request.submission {
            Ok(submission) => format!("{} {}", submission.hash(), submission.shown),
            Err(unreadable) => format!("{} {}", unreadable.reason.name(), unreadable.path),
        };
        let made_by = self.made_by(request);
        let (isolation, seeds) = (made_by.isolation.0.as_str(), &request.seeds.name());
        let lesson = self.grounds(request.lesson);
        key::key(&self.toolchain, &Grounds::Verdict { lesson, submission: &submission, isolation, seeds })
    }

    pub(crate) fn grounds<'a>(&'a self, lesson: &'a Lesson) -> LessonGrounds<'a> {
        let support = self.support.to_str().unwrap_or_default();
        let crates = || {
            let interleave = self.interleave().map(|path| path.display().to_string());
            self.crates.get_or_init(|| format!("{support} {}", interleave.unwrap_or_default()))
        };
        let probe_crates = if lesson.explores() { crates() } else { support };
        LessonGrounds { grader: &self.program, checks: &lesson.checks_hash, probe_crates, lock: &self.lock }
    }

    pub(crate) fn interleave(&self) -> Result<&Path> {
        if self.interleave.get().is_none() {
            let _ = self.interleave.set(interleave_place(&self.course, &self.toolchain)?);
        }
        self.interleave.get().map(PathBuf::as_path).ok_or_else(|| Error::machine("a place that was set is there"))
    }

    pub(crate) fn tell(&self, lesson: &Lesson, what: What) {
        (self.tell)(&Event { lesson: Some(lesson.id.clone()), what });
    }

    fn report(&self, request: &Request<'_>) -> Result<Report> {
        let lesson = request.lesson;
        let mut report = Report {
            lesson: lesson.id.to_string(),
            source: String::new(),
            fault: None,
            unreadable: None,
            errors: Vec::new(),
            compiler_bomb: None,
            checks: Vec::new(),
            ignored: Vec::new(),
            made_by: self.made_by(request),
        };
        let none = |reason: Reason| -> Vec<CheckReport> {
            lesson.checks.iter().map(|check| check_report(check, Outcome::NotRun(reason.clone()))).collect()
        };
        let submission = match &request.submission {
            Ok(submission) => submission,
            Err(unreadable) => {
                report.source.clone_from(&unreadable.path);
                report.unreadable = Some(unreadable.clone());
                report.checks = none(Reason::NoSubmission);
                return Ok(report);
            }
        };
        report.source = submission.source();
        report.ignored.clone_from(&submission.ignored);
        // Before anything of a submission is compiled or run: nothing of it can have a part in what is expected.
        let expected = self.expected(request)?;
        let workplace = self.workplace(lesson, &request.origin, self.hold.clone())?;
        let built = match request.origin {
            Origin::Reference => self.build_reference(&workplace, lesson, submission)?,
            Origin::Own | Origin::Other(_) => build_submission(&workplace, lesson, submission)?,
        };
        match built {
            Ok(built) => {
                let observed = self.run_all(request, &built, &expected);
                report.checks = settle(lesson, observed, &built.cases, &|passed| {
                    let wanted = |check: &&Check| check.needs.iter().all(passed);
                    let tests = |check: &&Check| matches!(check.kind, CheckKind::Test { .. });
                    let asked: Vec<&Check> = lesson.checks.iter().filter(wanted).filter(tests).collect();
                    let own = self.try_own_tests(request, submission, &asked)?;
                    let explored: Vec<_> = lesson.checks.iter().filter(wanted).filter_map(Asked::of).collect();
                    let explored = self.explore(request, submission, &explored)?;
                    Ok(own.into_iter().map(|(id, outcome)| (id, (outcome, None))).chain(explored).collect())
                })?;
            }
            Err(NotBuilt::Errors(errors)) => {
                report.errors = errors;
                report.checks = none(Reason::DoesNotCompile);
            }
            Err(NotBuilt::Bomb(bound)) => {
                report.compiler_bomb = Some(bound);
                report.checks = none(Reason::DoesNotCompile);
            }
            Err(NotBuilt::DoesNotFit(errors)) => report.checks = none(Reason::DoesNotFit(errors)),
        }
        Ok(report)
    }

    /// Where submissions of this origin are built, with all that they are built with.
    pub(crate) fn workplace<'a>(&'a self, lesson: &'a Lesson, origin: &Origin, hold: Hold) -> Result<Workplace<'a>> {
        let folder = self.course.scratch().join("builds").join(lesson.id.to_string()).join(origin.name());
        let (own, more) = (&lesson.dependencies, &lesson.probe_dependencies);
        let of =
            |names: &[String]| Dependencies::of(&self.course, &self.toolchain, names, &|what| self.tell(lesson, what));
        let dependencies = of(own)?;
        let probe_dependencies =
            if more.is_empty() { dependencies.clone() } else { of(&[own.as_slice(), more].concat())? };
        Ok(Workplace {
            folder,
            incremental: *origin == Origin::Own,
            toolchain: &self.toolchain,
            support: &self.support,
            course: &self.course,
            dependencies,
            probe_dependencies,
            hold,
            budget: Budget::of(self.budget),
            tell: Box::new(move |what| self.tell(lesson, what)),
        })
    }

    fn made_by(&self, request: &Request<'_>) -> MadeBy {
        MadeBy {
            grader: env!("CARGO_PKG_VERSION").to_owned(),
            checks: request.lesson.checks_hash.clone(),
            submission: request.submission.as_ref().map(Submission::hash).unwrap_or_default(),
            toolchain: self.toolchain.version.clone(),
            isolation: self.hold.isolation(),
            seed: request.seeds.own(),
        }
    }

    /// What each output check should print, by its id, in the order of the runs.
    fn expected(&self, request: &Request<'_>) -> Result<BTreeMap<String, Vec<Expected>>> {
        let lesson = request.lesson;
        let mut all = BTreeMap::new();
        for check in &lesson.checks {
            let CheckKind::Output { seeds, .. } = &check.kind else { continue };
            let own = request.seeds.own().filter(|_| *seeds != [0]);
            let public = if own.is_some() && matches!(request.seeds, Seeds::Only(_)) { &[][..] } else { seeds };
            let mut runs = Vec::new();
            for seed in public.iter().copied() {
                runs.push(Expected { seed, transcript: judge::read_snapshot(&lesson.snapshot(check, seed))? });
            }
            if let Some(seed) = own {
                runs.push(Expected { seed, transcript: self.reference(lesson, check, seed)? });
            }
            all.insert(check.id.clone(), runs);
        }
        Ok(all)
    }

    /// Runs the output checks, several at a time, and judges each. Gives the outcome of each by its id.
    fn run_all(
        &self,
        request: &Request<'_>,
        built: &Built,
        expected: &BTreeMap<String, Vec<Expected>>,
    ) -> BTreeMap<String, Outcome> {
        let started = Instant::now();
        let checks: Vec<&Check> =
            request.lesson.checks.iter().filter(|check| expected.contains_key(&check.id)).collect();
        let outcomes = parallel::map(&checks, MOST_RUNS, |check| {
            let outcome = match built.unfit.get(&check.function()) {
                Some(errors) => Ok(Outcome::NotRun(Reason::DoesNotFit(errors.clone()))),
                None => self.run_check(request.lesson, &built.program, check, &expected[&check.id]),
            };
            (check.id.clone(), outcome.unwrap_or_else(|error| Outcome::GraderFault(error.chain())))
        });
        self.tell(request.lesson, What::Stage(Stage::Runs, started.elapsed()));
        outcomes.into_iter().collect()
    }

    /// A check that fails under one seed is not run under the next.
    fn run_check(&self, lesson: &Lesson, program: &Path, check: &Check, runs: &[Expected]) -> Result<Outcome> {
        let CheckKind::Output { bounds, fixtures, .. } = &check.kind else {
            return Ok(Outcome::GraderFault(format!("`{}` has nothing to run", check.id)));
        };
        let (function, libraries, hold) = (&check.function(), self.toolchain.libraries.as_path(), &self.hold);
        for Expected { seed, transcript } in runs {
            let (started, seed) = (Instant::now(), *seed);
            let observation =
                observe(&Run { program, function, seed, numbers: &[], bounds, fixtures, libraries, hold })?;
            let outcome = judge::judge_run(&observation, transcript, seed, bounds);
            let (passed, took) = (outcome == Outcome::Passed, started.elapsed());
            self.tell(lesson, What::Ran { check: check.id.clone(), seed, passed, took });
            if !passed {
                return Ok(outcome);
            }
        }
        Ok(Outcome::Passed)
    }

    /// Adds what the student may believe, if a wrong program prints the same where this one fails first.
    fn explain(&self, request: &Request<'_>, report: &mut Report) -> Result<()> {
        let transcript = |check: &CheckReport| matches!(check.outcome, Outcome::Failed(Failure::Transcript { .. }));
        let Some(id) = report.first_to_mend().filter(|check| transcript(check)).map(|check| check.id.clone()) else {
            return Ok(());
        };
        let found = beliefs::behind(&beliefs::known(request.lesson)?, report);
        for check in report.checks.iter_mut().filter(|check| check.id == id) {
            if let Outcome::Failed(Failure::Transcript { beliefs, .. }) = &mut check.outcome {
                beliefs.clone_from(&found);
            }
        }
        Ok(())
    }
}

/// The errors of a build that should have succeeded, in the compiler's words.
pub(crate) fn first_words(errors: &[Diagnostic]) -> String {
    errors.first().map_or_else(String::new, |error| error.rendered.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_gives_each_source_a_seed_of_its_own_and_the_same_again() {
        let of = |key: &str, lesson: &str, source: &str| seed_of(key.as_bytes(), lesson, source);
        assert_eq!(of("key", "lesson-05", "a"), of("key", "lesson-05", "a"));
        let all = [
            of("key", "lesson-05", "a"),
            of("kez", "lesson-05", "a"),
            of("key", "lesson-06", "a"),
            of("key", "lesson-05", "b"),
        ];
        assert!((1..all.len()).all(|i| !all[..i].contains(&all[i])), "{all:?}");
    }

    #[test]
    fn folders_of_different_people_never_share_a_build() {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        assert_ne!(Origin::folder(one.path()), Origin::folder(other.path()));
        assert_eq!(Origin::folder(one.path()), Origin::folder(&one.path().join(".")));
    }
}
