//! The explored program: a submission's crate compiled a second time, unchanged, with the crate `interleave` in the place of
//! the standard library, and linked with the lesson's `explored.rs`.
//!
//! A crate that does not compile so has done nothing wrong: it compiled against the real library. It is not explored.

use super::diagnostics::Diagnostic;
use super::foreign;
use super::probe::build_own;
use super::rustc::{Compiled, Rustc, Target, Unit};
use super::submission::{SUBMISSION, Workplace};
use crate::course::Course;
use crate::error::{Error, Result};
use crate::files::{self, Digest};
use crate::key::{Grounds, key};
use crate::lesson::Lesson;
use crate::submission::{Submission, lay_out};
use crate::toolchain::Toolchain;
use std::path::{Path, PathBuf};

/// What came of building a submission to be explored.
pub enum ExploredBuild {
    /// A program to run.
    Built(PathBuf),
    /// It can't be explored, for this reason.
    Not {
        /// In the compiler's words, where it has any.
        why: String,
    },
}

/// The names under which a crate finds the standard library. Its parts have paths of their own, which would go round it.
const STANDARD: [&str; 3] = ["std", "core", "alloc"];

/// Builds the program that explores the lesson's checks against this submission. `interleave` is the library's rlib.
pub fn build_explored(
    workplace: &Workplace<'_>,
    lesson: &Lesson,
    submission: &Submission,
    interleave: &Path,
) -> Result<ExploredBuild> {
    let source = lay_out(submission, &workplace.folder)?.join("lib.rs");
    let src = source.parent().unwrap_or(&source);
    let folder = workplace.folder.join("explored");
    files::make_folder(&folder)?;
    let name = lesson.id.crate_name();
    let library = folder.join(format!("lib{name}.rlib"));
    let standard = || STANDARD.map(|name| (name, interleave)).to_vec();
    let crates = Unit {
        name: &name,
        source: &source,
        target: Target::Library(library.clone()),
        externs: standard(),
        more: SUBMISSION.map(str::to_owned).to_vec(),
        reads: vec![src.to_owned()],
    };
    let rustc = Rustc { cwd: &folder, ..workplace.rustc(&workplace.dependencies, &submission.shown) };
    match rustc.compile(&crates)? {
        Compiled::Done => {}
        Compiled::Errors(errors) => return Ok(not(&errors)),
        Compiled::OutOfBounds(_) => return Ok(out_of_bounds()),
    }
    if let Some(error) = foreign::taken(&library.with_extension("d"), src, submission)? {
        return Ok(not(&[error]));
    }
    let program = folder.join(format!("explored{}", std::env::consts::EXE_SUFFIX));
    let support = workplace.support.parent().unwrap_or(Path::new("."));
    let mut externs = standard();
    externs.extend([("interleave", interleave), ("probe", workplace.support), (name.as_str(), library.as_path())]);
    let mut more = vec![format!("-Ldependency={}", support.display())];
    if cfg!(target_os = "linux") {
        more.push("-Cstrip=symbols".to_owned());
    }
    let mut reads = lesson.probe_sources()?;
    reads.push(support.to_owned());
    let root = &lesson.explored();
    let target = Target::Program(program.clone());
    let rustc = Rustc { cwd: &folder, ..workplace.rustc(&workplace.probe_dependencies, &submission.shown) };
    Ok(match rustc.compile(&Unit { name: "lesson_explored", source: root, target, externs, more, reads })? {
        Compiled::Done => ExploredBuild::Built(program),
        Compiled::Errors(errors) => not(&errors),
        Compiled::OutOfBounds(_) => out_of_bounds(),
    })
}

fn not(errors: &[Diagnostic]) -> ExploredBuild {
    let why = errors.first().map_or_else(String::new, |error| {
        let at = error.place.as_ref().map_or(String::new(), |place| format!(" ({}:{})", place.file, place.line));
        format!("{}{at}", error.headline.lines().next().unwrap_or_default())
    });
    ExploredBuild::Not { why }
}

fn out_of_bounds() -> ExploredBuild {
    ExploredBuild::Not { why: "the compiler ran out of time or memory".to_owned() }
}

/// Where the compiled crate `interleave` lies, or will.
pub fn interleave_place(course: &Course, toolchain: &Toolchain) -> Result<PathBuf> {
    let src = course.root.join("grader/interleave/src");
    let mut digest = Digest::default();
    for path in files::below(&src)? {
        digest.add(&path.to_string_lossy(), files::read(&path)?.as_bytes());
    }
    let key = key(toolchain, &Grounds::Interleave { sources: &digest.finish() });
    Ok(course.scratch().join("interleave").join(&key[..16]).join("libinterleave.rlib"))
}

/// Compiles the crate `interleave`, to lie there, unless it does.
pub fn build_interleave(course: &Course, toolchain: &Toolchain, library: &Path) -> Result<()> {
    let folder = library.parent().ok_or_else(|| Error::machine("a library lies in a folder"))?;
    if library.is_file() {
        return Ok(());
    }
    let _lock = files::lock(&folder.join("lock"), || {})?;
    if library.is_file() {
        return Ok(());
    }
    let source = course.root.join("grader/interleave/src/lib.rs");
    // Each schedule runs through it, so that a little optimisation pays within one verdict.
    let more = vec!["--cfg=feature=\"shim\"".to_owned(), "-Copt-level=1".to_owned()];
    build_own(course, toolchain, library, ("interleave", &source), Vec::new(), more)
}
