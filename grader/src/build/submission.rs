//! A submission, compiled as far as it goes: its crate, then at the same time the probe that is linked with it and the
//! compile cases, which need the crate only.

use super::cases::{CaseDiagnostics, compile_cases};
use super::dependencies::Dependencies;
use super::diagnostics::Diagnostic;
use super::foreign;
use super::probe::{ProbeBuild, build_probe};
use super::rustc::{Budget, Compiled, OutOfBounds, Rustc, Target, Unit};
use crate::course::Course;
use crate::error::{Error, Result};
use crate::event::{Held, Stage, What};
use crate::files;
use crate::hold::Hold;
use crate::judge;
use crate::lesson::{Case, Check, Lesson};
use crate::submission::{Submission, lay_out};
use crate::toolchain::Toolchain;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Where submissions are built, and with what.
pub struct Workplace<'a> {
    /// The folder that is built in: one submission's at a time.
    pub folder: PathBuf,
    /// Whether a build may go on from the last one in this folder. Only for a student's own edits: a grade never reuses
    /// anything that a submission could have written.
    pub incremental: bool,
    /// The compiler.
    pub toolchain: &'a Toolchain,
    /// The compiled crate `probe`.
    pub support: &'a Path,
    /// The course that is graded with.
    pub course: &'a Course,
    /// What a submission may use.
    pub dependencies: Dependencies,
    /// What the probe may use.
    pub probe_dependencies: Dependencies,
    /// What holds what is built here.
    pub hold: Hold,
    /// The time that the compiler may take for all of a submission.
    pub budget: Budget,
    /// Who hears what happens.
    pub tell: Box<dyn Fn(What) + Sync + 'a>,
}

/// What the compiler may take for all of a submission, over all calls: a hundred times what a lesson needs.
pub const BUDGET: Duration = Duration::from_secs(120);

/// A submission that can be run.
pub struct Built {
    /// The probe, linked with it.
    pub program: PathBuf,
    /// The functions of the probe that do not fit its signatures, with the compiler's reasons.
    pub unfit: BTreeMap<String, Vec<Diagnostic>>,
    /// What the compiler says of the lesson's compile cases, by their names.
    pub cases: BTreeMap<String, CaseDiagnostics>,
}

/// Why a submission can't be run.
pub enum NotBuilt {
    /// It does not compile.
    Errors(Vec<Diagnostic>),
    /// The compiler ran out of its bounds on it.
    Bomb(OutOfBounds),
    /// No function of the probe fits its signatures.
    DoesNotFit(Vec<Diagnostic>),
}

/// A submission may not reach behind the language: `forbid` can't be taken back by an attribute in its source.
pub const SUBMISSION: [&str; 1] = ["-Funsafe_code"];

impl Workplace<'_> {
    /// Takes the folder for one build, waiting for whoever has it.
    pub fn take(&self) -> Result<files::Lock> {
        files::make_folder(&self.folder)?;
        files::lock(&self.folder.join("lock"), || (self.tell)(What::Waits(Held::Submission)))
    }

    /// The compiler for what belongs to a submission whose sources are called so in messages.
    pub fn rustc<'b>(&'b self, dependencies: &'b Dependencies, shown: &str) -> Rustc<'b> {
        let src = self.folder.join("src").display().to_string();
        let checks = self.course.root.join("grader").display().to_string();
        let shown = vec![(src, shown.to_owned()), (checks, "grader".to_owned())];
        Rustc {
            toolchain: self.toolchain,
            dependencies,
            cwd: &self.folder,
            shown,
            incremental: self.incremental,
            hold: &self.hold,
            budget: &self.budget,
        }
    }
}

/// Builds a submission of this lesson.
pub fn build_submission(
    workplace: &Workplace<'_>,
    lesson: &Lesson,
    submission: &Submission,
) -> Result<std::result::Result<Built, NotBuilt>> {
    let _lock = workplace.take()?;
    let source = lay_out(submission, &workplace.folder)?.join("lib.rs");
    let rustc = workplace.rustc(&workplace.dependencies, &submission.shown);
    let library = match build_library(workplace, &rustc, lesson, submission, &source)? {
        Ok(library) => library,
        Err(not_built) => return Ok(Err(not_built)),
    };
    let for_probe = workplace.rustc(&workplace.probe_dependencies, &submission.shown);
    let (probe, cases) = std::thread::scope(|scope| {
        let cases = scope.spawn(|| timed(workplace, Stage::Cases, || build_cases(&rustc, lesson, &library)));
        let probe = timed(workplace, Stage::Probe, || build_probe(&for_probe, lesson, &library, workplace.support));
        (probe, cases.join())
    });
    let cases = cases.map_err(|_| Error::machine("the thread of the compile cases panicked"))?;
    Ok(match probe? {
        ProbeBuild::Built { program, unfit } => Ok(Built { program, unfit, cases: cases? }),
        ProbeBuild::Unfit(errors) => Err(NotBuilt::DoesNotFit(errors)),
        ProbeBuild::OutOfBounds(bound) => Err(NotBuilt::Bomb(bound)),
    })
}

/// Compiles a submission's crate; gives its library.
pub fn build_library(
    workplace: &Workplace<'_>,
    rustc: &Rustc<'_>,
    lesson: &Lesson,
    submission: &Submission,
    source: &Path,
) -> Result<std::result::Result<PathBuf, NotBuilt>> {
    let src = source.parent().unwrap_or(source);
    let library = workplace.folder.join(format!("lib{}.rlib", lesson.id.crate_name()));
    let unit = Unit {
        name: &lesson.id.crate_name(),
        source,
        target: Target::Library(library.clone()),
        externs: Vec::new(),
        more: SUBMISSION.map(str::to_owned).to_vec(),
        reads: vec![src.to_owned()],
    };
    let compiled = timed(workplace, Stage::Library, || rustc.compile(&unit))?;
    Ok(match compiled {
        Compiled::Done => match foreign::taken(&library.with_extension("d"), src, submission)? {
            None => Ok(library),
            Some(error) => Err(NotBuilt::Errors(vec![error])),
        },
        Compiled::Errors(errors) => Err(NotBuilt::Errors(foreign::named(errors, src))),
        Compiled::OutOfBounds(bound) => Err(NotBuilt::Bomb(bound)),
    })
}

fn build_cases(rustc: &Rustc<'_>, lesson: &Lesson, library: &Path) -> Result<BTreeMap<String, CaseDiagnostics>> {
    let cases: Vec<&Case> = lesson.checks.iter().flat_map(Check::cases).collect();
    let as_pinned = |case: &Case, errors: &[Diagnostic]| {
        judge::read_pinned(case).is_ok_and(|pinned| judge::as_pinned(&pinned, errors))
    };
    let said = compile_cases(rustc, &lesson.id.crate_name(), library, &cases, &as_pinned)?;
    Ok(cases.iter().map(|case| case.name.clone()).zip(said).collect())
}

fn timed<T>(workplace: &Workplace<'_>, stage: Stage, work: impl FnOnce() -> T) -> T {
    let started = Instant::now();
    let done = work();
    let took: Duration = started.elapsed();
    (workplace.tell)(What::Stage(stage, took));
    done
}
