//! The road: from a submission to a report. `check`, `grade`, `audit` and the tests all go this way.

use crate::build::{
    CaseDiagnostics, Compiled, Dependencies, Diagnostic, ProbeBuild, Rustc, Target, build_probe, compile_cases, support,
};
use crate::course::Course;
use crate::error::{Error, Result};
use crate::files;
use crate::judge::{self, Pinned};
use crate::lesson::{Case, Check, CheckKind, Lesson};
use crate::misconception::{WrongProgram, wrong_programs};
use crate::observe::observe;
use crate::outcome::{CheckReport, Failure, Fault, FaultKind, Isolation, MadeBy, Outcome, Reason, Report};
use crate::parallel;
use crate::submission::{Submission, Unreadable, lay_out};
use crate::toolchain::Toolchain;
use process::Ended;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The grader, ready to work: what is the same for every submission.
pub struct Grader {
    /// The course that is graded with.
    pub course: Course,
    /// The compiler.
    pub toolchain: Toolchain,
    /// The compiled crate `probe`.
    pub(crate) support: PathBuf,
    /// Told before anything takes long, in a few words.
    pub say: Box<dyn Fn(&str) + Sync>,
}

/// One submission of one lesson, to be graded.
pub struct Request<'a> {
    /// The lesson.
    pub lesson: &'a Lesson,
    /// What was handed in, or why there is nothing.
    pub submission: std::result::Result<Submission, Unreadable>,
    /// Where it comes from.
    pub origin: Origin,
    /// A seed to use in place of the public ones; what is expected then comes from the reference solution.
    pub seed: Option<u64>,
    /// Whether to look for the belief behind a failure, which builds wrong programs to compare with.
    pub explain: bool,
}

/// Where a submission comes from, which decides what may be kept between two builds of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The student's own working tree: each build may go on from the last.
    Own,
    /// Anything else, under this name, which is a folder's: every build starts from nothing.
    Other(String),
}

/// How long each stage of a grading took, for the benchmark.
#[derive(Debug, Clone, Copy, Default)]
pub struct Stages {
    /// Compiling the student's crate.
    pub library: Duration,
    /// Compiling and linking the probe.
    pub probe: Duration,
    /// The compile cases, which go on beside the other stages.
    pub cases: Duration,
    /// Running the checks.
    pub runs: Duration,
    /// Judging.
    pub judge: Duration,
}

/// Checks that are under way at a time. More than the cores of most machines: whoever hangs, mostly sleeps, and five
/// checks that hang should cost one deadline rather than five.
const MOST_RUNS: usize = 8;

/// What the compiler made of a submission's crate.
pub(crate) enum Library {
    Built(PathBuf),
    Errors(Vec<Diagnostic>),
    Bomb(Ended),
}

impl Grader {
    /// Gets ready. Fails without the course's toolchain.
    pub fn open(course: Course, say: Box<dyn Fn(&str) + Sync>) -> Result<Grader> {
        let toolchain = Toolchain::find(&course)?;
        let support = support(&course, &toolchain)?;
        Ok(Grader { course, toolchain, support, say })
    }

    /// Grades a submission. `Err` means that we or the machine failed; whatever a submission does is in the report.
    pub fn grade(&self, request: &Request<'_>) -> Result<Report> {
        self.grade_with_stages(request).map(|(report, _)| report)
    }

    /// Like [`Grader::grade`], with how long the stages took.
    pub fn grade_with_stages(&self, request: &Request<'_>) -> Result<(Report, Stages)> {
        let mut stages = Stages::default();
        let lesson = request.lesson;
        let mut report = Report {
            lesson: lesson.id.to_string(),
            source: String::new(),
            unreadable: None,
            errors: Vec::new(),
            compiler_bomb: None,
            checks: Vec::new(),
            ignored: Vec::new(),
            made_by: self.made_by(request),
        };
        let all = |reason: &Reason| -> Vec<CheckReport> {
            lesson.checks.iter().map(|check| check_report(check, Outcome::NotRun(reason.clone()))).collect()
        };
        let submission = match &request.submission {
            Ok(submission) => submission,
            Err(unreadable) => {
                report.source.clone_from(&unreadable.path);
                report.unreadable = Some(unreadable.clone());
                report.checks = all(&Reason::NoSubmission);
                return Ok((report, stages));
            }
        };
        report.source = join(&submission.shown, "lib.rs");
        report.ignored.clone_from(&submission.ignored);

        let dependencies = Dependencies::of(&self.course, &self.toolchain, &lesson.id, &*self.say)?;
        let work = self.work(lesson, &request.origin);
        files::make_folder(&work)?;
        let _lock = files::lock(&work.join("lock"), || {
            (self.say)(&format!("{} is being checked elsewhere; waiting for it to finish", lesson.id));
        })?;
        let source = lay_out(submission, &work)?.join("lib.rs");
        let rustc = self.rustc(&dependencies, &work, &submission.shown, request.origin == Origin::Own);

        let library = match self.library(lesson, &rustc, &source, &mut stages)? {
            Library::Built(library) => library,
            Library::Errors(errors) => {
                report.errors = errors;
                report.checks = all(&Reason::DoesNotCompile);
                return Ok((report, stages));
            }
            Library::Bomb(ended) => {
                report.compiler_bomb = Some(format!("{ended:?}"));
                report.checks = all(&Reason::DoesNotCompile);
                return Ok((report, stages));
            }
        };
        // The cases need the library only, so they are compiled on another core while the probe is.
        let (probe, said) = std::thread::scope(|scope| {
            let said = scope.spawn(|| self.cases(lesson, &rustc, &library));
            let started = Instant::now();
            let probe = build_probe(&rustc, lesson, &library, &self.support);
            stages.probe = started.elapsed();
            (probe, said.join())
        });
        let (program, unfit) = match probe? {
            ProbeBuild::Built { program, unfit } => (program, unfit),
            ProbeBuild::Unfit(errors) => {
                report.checks = all(&Reason::DoesNotFit(errors));
                return Ok((report, stages));
            }
            ProbeBuild::OutOfBounds(ended) => {
                report.compiler_bomb = Some(format!("{ended:?}"));
                report.checks = all(&Reason::DoesNotCompile);
                return Ok((report, stages));
            }
        };
        let (said, cases_took) =
            said.map_err(|_| Error::Machine("the compile cases' thread panicked".to_owned()))??;
        stages.cases = cases_took;

        let started = Instant::now();
        let mut outcomes = self.run_all(request, &program, &unfit);
        stages.runs = started.elapsed();
        let started = Instant::now();
        for check in &lesson.checks {
            if let CheckKind::Compile { cases, .. } = &check.kind {
                outcomes.insert(check.id.clone(), judge_cases(cases, &said)?);
            }
        }
        report.checks = settle(lesson, outcomes);
        if request.explain {
            self.explain(request, &mut report)?;
        }
        stages.judge = started.elapsed();
        Ok((report, stages))
    }

    /// The folder that a submission is built in.
    pub(crate) fn work(&self, lesson: &Lesson, origin: &Origin) -> PathBuf {
        let name = match origin {
            Origin::Own => "own",
            Origin::Other(name) => name,
        };
        self.course.scratch().join("builds").join(lesson.id.to_string()).join(name)
    }

    fn made_by(&self, request: &Request<'_>) -> MadeBy {
        MadeBy {
            grader: env!("CARGO_PKG_VERSION").to_owned(),
            checks: request.lesson.checks_hash.clone(),
            submission: request.submission.as_ref().map(Submission::hash).unwrap_or_default(),
            toolchain: self.toolchain.version.clone(),
            isolation: Isolation::Limits,
            seed: request.seed,
        }
    }

    pub(crate) fn rustc<'a>(
        &'a self,
        dependencies: &'a Dependencies,
        work: &'a Path,
        shown: &str,
        incremental: bool,
    ) -> Rustc<'a> {
        let src = work.join("src").display().to_string();
        let checks = self.course.root.join("grader").display().to_string();
        let shown = vec![(src, shown.to_owned()), (checks, "grader".to_owned())];
        Rustc { toolchain: &self.toolchain, dependencies, cwd: work, shown, incremental }
    }

    /// Compiles a submission's crate.
    pub(crate) fn library(
        &self,
        lesson: &Lesson,
        rustc: &Rustc<'_>,
        source: &Path,
        stages: &mut Stages,
    ) -> Result<Library> {
        let crate_name = lesson.id.crate_name();
        let library = rustc.cwd.join(format!("lib{crate_name}.rlib"));
        let started = Instant::now();
        let compiled = rustc.compile(&crate_name, source, &Target::Library(library.clone()), &[], SUBMISSION)?;
        stages.library = started.elapsed();
        Ok(match compiled {
            Compiled::Done => Library::Built(library),
            Compiled::Errors(errors) => Library::Errors(errors),
            Compiled::OutOfBounds(ended) => Library::Bomb(ended),
        })
    }

    /// What the compiler says of every compile case of the lesson, by the case's name.
    fn cases(
        &self,
        lesson: &Lesson,
        rustc: &Rustc<'_>,
        library: &Path,
    ) -> Result<(BTreeMap<String, CaseDiagnostics>, Duration)> {
        let started = Instant::now();
        let cases: Vec<&Case> = lesson.checks.iter().flat_map(Check::cases).collect();
        let as_pinned = |case: &Case, errors: &[Diagnostic]| {
            judge::read_pinned(case).is_ok_and(|pinned| judge::as_pinned(&pinned, errors))
        };
        let said = compile_cases(rustc, &lesson.id.crate_name(), library, &cases, &as_pinned)?;
        let by_name = cases.iter().map(|case| case.name.clone()).zip(said).collect();
        Ok((by_name, started.elapsed()))
    }

    /// Runs the output checks, several at a time, and judges each. A check that fails under one seed is not run under the next.
    fn run_all(
        &self,
        request: &Request<'_>,
        program: &Path,
        unfit: &BTreeMap<String, Vec<Diagnostic>>,
    ) -> BTreeMap<String, Outcome> {
        let (mut outcomes, mut runnable) = (BTreeMap::new(), Vec::new());
        for check in &request.lesson.checks {
            match unfit.get(&check.function()) {
                Some(errors) => {
                    outcomes.insert(check.id.clone(), Outcome::NotRun(Reason::DoesNotFit(errors.clone())));
                }
                None if matches!(check.kind, CheckKind::Output { .. }) => runnable.push(check),
                None => {}
            }
        }
        outcomes.extend(parallel::map(&runnable, MOST_RUNS, |check| {
            let outcome = self.run_check(request, program, check);
            (check.id.clone(), outcome.unwrap_or_else(|error| Outcome::GraderFault(error.to_string())))
        }));
        outcomes
    }

    fn run_check(&self, request: &Request<'_>, program: &Path, check: &Check) -> Result<Outcome> {
        let CheckKind::Output { seeds, deadline, .. } = &check.kind else {
            return Err(Error::Machine(format!("`{}` is no output check", check.id)));
        };
        let public = |seed: &u64| (*seed, judge::read_snapshot(&request.lesson.snapshot(check, *seed)));
        let runs: Vec<(u64, Result<String>)> = match request.seed {
            Some(seed) if *seeds != [0] => vec![(seed, self.reference(request.lesson, check, seed))],
            _ => seeds.iter().map(public).collect(),
        };
        for (seed, expected) in runs {
            let outcome =
                judge::judge_run(&observe(program, &check.function(), seed, *deadline)?, &expected?, seed, *deadline);
            if outcome != Outcome::Passed {
                return Ok(outcome);
            }
        }
        Ok(Outcome::Passed)
    }

    /// Looks whether the first failing transcript is one that a wrong program prints, and says what that one's author believed.
    fn explain(&self, request: &Request<'_>, report: &mut Report) -> Result<()> {
        let Some(id) = report.first_to_mend().map(|check| check.id.clone()) else { return Ok(()) };
        let Some(check) = request.lesson.check(&id) else { return Ok(()) };
        let failing: Vec<String> = report.failing().map(|check| check.id.clone()).collect();
        let Some(slot) = report.checks.iter_mut().find(|check| check.id == id) else { return Ok(()) };
        let Outcome::Failed(Failure::Transcript { seed, got, belief, .. }) = &mut slot.outcome else { return Ok(()) };
        // Some beliefs show alike in one check. Those come first whose programs fail where this one fails, and nowhere else.
        let mut likely: Vec<WrongProgram> = wrong_programs(&request.lesson.dir)?;
        likely.retain(|wrong| wrong.fails.contains(&id));
        likely.sort_by_key(|wrong| {
            failing.iter().collect::<BTreeSet<_>>().symmetric_difference(&wrong.fails.iter().collect()).count()
        });
        for wrong in likely {
            if self.prints(request.lesson, &wrong, check, *seed).as_deref() == Some(got.as_str()) {
                *belief = Some(wrong.belief);
                break;
            }
        }
        Ok(())
    }
}

/// A submission may not reach behind the language: `forbid` can't be taken back by an attribute in its source.
pub(crate) const SUBMISSION: &[&str] = &["-Funsafe_code"];

fn check_report(check: &Check, outcome: Outcome) -> CheckReport {
    CheckReport { id: check.id.clone(), points: check.points, outcome }
}

fn judge_cases(cases: &[Case], said: &BTreeMap<String, CaseDiagnostics>) -> Result<Outcome> {
    for case in cases {
        let pinned: Vec<Pinned> = judge::read_pinned(case)?;
        let Some(said) = said.get(&case.name) else {
            return Ok(Outcome::GraderFault(format!("the compile case `{}` was not looked at", case.name)));
        };
        let outcome = judge::judge_case(case, &pinned, said);
        if outcome != Outcome::Passed {
            return Ok(outcome);
        }
    }
    Ok(Outcome::Passed)
}

/// Gives every check of the lesson its outcome; one whose needs did not pass counts as not run, whatever it printed.
fn settle(lesson: &Lesson, mut outcomes: BTreeMap<String, Outcome>) -> Vec<CheckReport> {
    let mut settled: Vec<CheckReport> = Vec::new();
    for check in &lesson.checks {
        let unmet = check
            .needs
            .iter()
            .find(|need| !settled.iter().any(|earlier| earlier.id == **need && earlier.outcome == Outcome::Passed));
        let outcome = match (unmet, outcomes.remove(&check.id)) {
            (_, None) => Outcome::GraderFault("the check was lost on the way".to_owned()),
            (_, Some(fault @ Outcome::GraderFault(_))) => fault,
            (Some(need), _) => Outcome::NotRun(Reason::Blocked(need.clone())),
            (None, Some(outcome)) => outcome,
        };
        settled.push(check_report(check, outcome));
    }
    settled
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// Whether a fault is one that waiting longer would not have changed: the student's code never came back.
pub fn is_hang(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Fault(Fault { kind: FaultKind::Hang { .. } | FaultKind::Busy { .. }, .. }))
}
