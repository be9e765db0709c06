//! The probe: the lesson's `probe.rs`, linked with a student's crate and with the crate `probe`.
//!
//! When a probe does not compile against a student's crate, each check is compiled alone, so that the others can still
//! be observed. Which check is whose is the compiler's to know: nothing here reads Rust.

use super::diagnostics::Diagnostic;
use super::rustc::{Budget, Compiled, OutOfBounds, Rustc, Target, Unit};
use crate::course::Course;
use crate::error::{Error, Mistake, Result};
use crate::files::{self, Digest};
use crate::hold::Hold;
use crate::key::{Grounds, key};
use crate::lesson::{CheckKind, Lesson};
use crate::parallel;
use crate::toolchain::{Toolchain, build_env};
use process::{Ended, Job, Limits};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What came of building a probe against a student's crate.
#[derive(Debug)]
pub enum ProbeBuild {
    /// A program to run; `unfit` has the functions that do not compile against this crate, with the reasons.
    Built {
        /// The program.
        program: PathBuf,
        /// The compiler's errors by function.
        unfit: BTreeMap<String, Vec<Diagnostic>>,
    },
    /// Not one check fits, or what they share does not.
    Unfit(Vec<Diagnostic>),
    /// The compiler ran out of its bounds, which a generic of the student's can bring about.
    OutOfBounds(OutOfBounds),
}

/// Builds the program that runs the lesson's checks against this library, `library` being what the student's crate became.
pub fn build_probe(rustc: &Rustc<'_>, lesson: &Lesson, library: &Path, support: &Path) -> Result<ProbeBuild> {
    let program = rustc.cwd.join(format!("probe{}", std::env::consts::EXE_SUFFIX));
    let probe = Probe { rustc, lesson, library, support };
    let errors = match probe.link(&program, &[])? {
        Compiled::Done => return Ok(ProbeBuild::Built { program, unfit: BTreeMap::new() }),
        Compiled::OutOfBounds(bound) => return Ok(ProbeBuild::OutOfBounds(bound)),
        Compiled::Errors(errors) => errors,
    };
    let output = lesson.checks.iter().filter(|check| matches!(check.kind, CheckKind::Output { .. }));
    let all: Vec<String> = output.map(|check| check.function()).collect();
    let alone = parallel::map(&all, parallel::processors(), |check| probe.alone(check, &all));
    let mut unfit = BTreeMap::new();
    for (check, compiled) in all.iter().zip(alone) {
        match compiled? {
            Compiled::Done => {}
            Compiled::Errors(errors) => {
                unfit.insert(check.clone(), errors);
            }
            Compiled::OutOfBounds(bound) => return Ok(ProbeBuild::OutOfBounds(bound)),
        }
    }
    if unfit.len() == all.len() {
        return Ok(ProbeBuild::Unfit(errors));
    }
    let left_out: Vec<&String> = unfit.keys().collect();
    Ok(match probe.link(&program, &left_out)? {
        Compiled::Done => ProbeBuild::Built { program, unfit },
        // What shows only when code is made, in whichever of the checks that are left.
        Compiled::Errors(errors) => ProbeBuild::Unfit(errors),
        Compiled::OutOfBounds(bound) => ProbeBuild::OutOfBounds(bound),
    })
}

/// A lesson's probe beside a student's crate, to be compiled with all of its checks or with some.
struct Probe<'a> {
    rustc: &'a Rustc<'a>,
    lesson: &'a Lesson,
    library: &'a Path,
    support: &'a Path,
}

impl Probe<'_> {
    /// Makes the program, with nothing in these checks.
    fn link(&self, program: &Path, left_out: &[&String]) -> Result<Compiled> {
        let target = Target::Program(program.to_owned());
        self.compile(&target, left_out)
    }

    /// Looks for errors in this check and in what the checks share; `all` are the checks there are.
    fn alone(&self, check: &str, all: &[String]) -> Result<Compiled> {
        let others: Vec<&String> = all.iter().filter(|other| *other != check).collect();
        self.compile(&Target::Check(self.rustc.cwd.join(format!("probe-{check}.rmeta"))), &others)
    }

    fn compile(&self, target: &Target, left_out: &[&String]) -> Result<Compiled> {
        let crate_name = self.lesson.id.crate_name();
        let externs = vec![(crate_name.as_str(), self.library), ("probe", self.support)];
        let support = self.support.parent().unwrap_or(Path::new("."));
        // Where the attribute `check` lies, which `probe` passes on.
        let mut more = vec![format!("-Ldependency={}", support.display())];
        more.extend(left_out.iter().map(|check| format!("--cfg=probe_left_out={check:?}")));
        if cfg!(target_os = "linux") {
            // Names of functions would tell tested code what is asked of it. The linker leaves them out in no time.
            more.push("-Cstrip=symbols".to_owned());
        }
        let mut reads = self.lesson.probe_sources()?;
        reads.push(support.to_owned());
        let source = &self.lesson.probe();
        self.rustc.compile(&Unit { name: "lesson_probe", source, target: target.clone(), externs, more, reads })
    }
}

/// The crate `probe` with its attribute, compiled once for all lessons. Gives the path of its rlib.
pub fn support(course: &Course, toolchain: &Toolchain) -> Result<PathBuf> {
    let probe = course.root.join("grader/probe");
    let (src, attribute) = (probe.join("src"), probe.join("macros/src"));
    let mut digest = Digest::default();
    // With what stands in for the harness of tests, which is linked with it: see `harness`.
    for path in [files::below(&src)?, files::below(&attribute)?, vec![harness_source(course)]].concat() {
        digest.add(&path.to_string_lossy(), files::read(&path)?.as_bytes());
    }
    let key = key(toolchain, &Grounds::ProbeCrates { sources: &digest.finish() });
    let library = course.scratch().join("probe").join(&key[..16]).join("libprobe.rlib");
    if library.is_file() {
        return Ok(library);
    }
    let folder = library.parent().unwrap_or(Path::new("."));
    let _lock = files::lock(&folder.join("lock"), || {})?;
    let attribute = build_attribute(toolchain, &attribute.join("lib.rs"), folder)?;
    let externs = vec![("probe_macros", attribute.as_path())];
    build_own(course, toolchain, &library, ("probe", &src.join("lib.rs")), externs, Vec::new())?;
    Ok(library)
}

fn harness_source(course: &Course) -> PathBuf {
    course.root.join("grader/harness/src/lib.rs")
}

/// The crate `test` in the place of the compiler's own harness, compiled for lessons whose students write tests. Gives the
/// path of its rlib, beside that of the crate `probe`.
pub fn harness(course: &Course, toolchain: &Toolchain, support: &Path) -> Result<PathBuf> {
    let library = support.with_file_name("libtest.rlib");
    let folder = support.parent().unwrap_or(Path::new("."));
    if library.is_file() {
        return Ok(library);
    }
    let _lock = files::lock(&folder.join("lock"), || {})?;
    if !library.is_file() {
        let more = vec![format!("-Ldependency={}", folder.display())];
        build_own(course, toolchain, &library, ("test", &harness_source(course)), vec![("probe", support)], more)?;
    }
    Ok(library)
}

/// Compiles a library of the course's own: its name, its root, and more arguments.
pub(super) fn build_own(
    course: &Course,
    toolchain: &Toolchain,
    library: &Path,
    (name, source): (&str, &Path),
    externs: Vec<(&str, &Path)>,
    more: Vec<String>,
) -> Result<()> {
    let folder = library.parent().unwrap_or(Path::new("."));
    let none = super::Dependencies::default();
    let (hold, budget) = (&Hold::Limits, &Budget::of(Duration::from_secs(120)));
    // A panic in there is shown with its place, and where the course lies is nobody's business.
    let shown = vec![(course.root.join("grader").display().to_string(), "grader".to_owned())];
    let rustc = Rustc { toolchain, dependencies: &none, cwd: folder, shown, incremental: false, hold, budget };
    // Under another name first: a library that is there is whole.
    let unfinished = folder.join("unfinished.rlib");
    let target = Target::Library(unfinished.clone());
    match rustc.compile(&Unit { name, source, target, externs, more, reads: Vec::new() })? {
        Compiled::Done => {
            std::fs::rename(&unfinished, library).map_err(|error| Error::io("put in place", library, error))
        }
        Compiled::Errors(errors) => Err(does_not_compile(source, &errors[0].rendered)),
        Compiled::OutOfBounds(_) => Err(does_not_compile(source, "the compiler ran out of time or memory")),
    }
}

/// Compiles the attribute `check`, which the compiler loads when it compiles a probe. Gives the path of its library.
///
/// A call of its own rather than a [`Target`]: nothing of a submission's may ever become a part of the compiler.
fn build_attribute(toolchain: &Toolchain, source: &Path, folder: &Path) -> Result<PathBuf> {
    use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};

    let library = folder.join(format!("{DLL_PREFIX}probe_macros{DLL_SUFFIX}"));
    let mut args: Vec<OsString> = [
        "--edition=2024",
        "--crate-name=probe_macros",
        "--crate-type=proc-macro",
        "--extern=proc_macro",
        // The compiler has the dynamic standard library in its process already.
        "-Cprefer-dynamic",
        "-Cdebuginfo=0",
        "-Cstrip=symbols",
    ]
    .map(OsString::from)
    .to_vec();
    args.push(format!("--emit=link={}", library.display()).into());
    args.push(source.into());
    let limits =
        Limits { deadline: Duration::from_secs(60), cpu: Duration::from_secs(60), memory: 3 << 30, output: 1 << 20 };
    let job = Job {
        program: toolchain.rustc.clone(),
        args,
        env: build_env(),
        cwd: folder.to_owned(),
        stdin: Vec::new(),
        limits,
    };
    let exit = process::run(&job).map_err(|error| Error::caused("failed to run the compiler", error))?;
    if exit.ended == Ended::Code(0) {
        return Ok(library);
    }
    Err(does_not_compile(source, &String::from_utf8_lossy(&exit.stderr)))
}

fn does_not_compile(path: &Path, said: &str) -> Error {
    Error::Course(vec![Mistake::new(path, "does not compile").in_the_compilers_words(said)])
}

#[cfg(test)]
mod tests;
