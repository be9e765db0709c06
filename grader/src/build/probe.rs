//! The probe: the lesson's `probe.rs`, linked with a student's crate and with the crate `probe`.
//!
//! When a probe does not compile against a student's crate, the functions at fault are found by the errors' lines and
//! left empty, so that the other checks can still be observed.

use super::diagnostics::Diagnostic;
use super::rustc::{Compiled, Rustc, Target};
use crate::course::Course;
use crate::error::{Error, Result};
use crate::files::{self, Digest};
use crate::lesson::Lesson;
use crate::toolchain::Toolchain;
use process::Ended;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

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
    /// No function can be told to be at fault alone.
    Unfit(Vec<Diagnostic>),
    /// The compiler ran out of its bounds, which a generic of the student's can bring about.
    OutOfBounds(Ended),
}

/// Builds the program that runs the lesson's checks against this library, `library` being what the student's crate became.
pub fn build_probe(rustc: &Rustc<'_>, lesson: &Lesson, library: &Path, support: &Path) -> Result<ProbeBuild> {
    let program = rustc.cwd.join(format!("probe{}", std::env::consts::EXE_SUFFIX));
    let original = lesson.probe();
    let crate_name = lesson.id.crate_name();
    let externs = [(crate_name.as_str(), library), ("probe", support)];
    let mut unfit = BTreeMap::new();
    let mut source = original.clone();
    // An error can hide others that the compiler looks for later, so one round may not be enough.
    for _ in 0..4 {
        let target = Target::Program(program.clone());
        match rustc.compile("lesson_probe", &source, &target, &externs, &[])? {
            Compiled::Done => return Ok(ProbeBuild::Built { program, unfit }),
            Compiled::OutOfBounds(ended) => return Ok(ProbeBuild::OutOfBounds(ended)),
            Compiled::Errors(errors) => {
                let text = files::read(&original)?;
                let functions = functions(&text);
                let checks: Vec<String> = lesson.checks.iter().map(|check| check.function()).collect();
                let before = unfit.len();
                for error in &errors {
                    let line = error.place.as_ref().map_or(0, |place| place.line as usize);
                    match functions.iter().find(|(name, lines)| lines.contains(&line) && checks.contains(name)) {
                        Some((name, _)) => unfit.entry(name.clone()).or_insert_with(Vec::new).push(error.clone()),
                        None => return Ok(ProbeBuild::Unfit(errors)),
                    }
                }
                if unfit.len() == before {
                    return Ok(ProbeBuild::Unfit(errors));
                }
                let emptied = functions.iter().filter(|(name, _)| unfit.contains_key(name)).map(|(_, lines)| lines);
                source = rustc.cwd.join("fitted/probe.rs");
                files::write(&source, without_bodies(&text, emptied).as_bytes())?;
            }
        }
    }
    Ok(ProbeBuild::Unfit(unfit.into_values().flatten().collect()))
}

/// The functions that begin at the start of a line, with their lines counted from 1. rustfmt closes them at the start of one.
fn functions(source: &str) -> Vec<(String, RangeInclusive<usize>)> {
    let mut found = Vec::new();
    let mut open: Option<(String, usize)> = None;
    for (i, line) in source.lines().enumerate() {
        if let Some(rest) = line.strip_prefix("fn ") {
            let name = rest.split(['(', '<']).next().unwrap_or(rest);
            open = Some((name.to_owned(), i + 1));
        }
        if line == "}"
            && let Some((name, first)) = open.take()
        {
            found.push((name, first..=i + 1));
        }
    }
    found
}

/// The source with these functions' bodies gone and every other line where it was.
fn without_bodies<'a>(source: &str, emptied: impl Iterator<Item = &'a RangeInclusive<usize>>) -> String {
    let mut lines: Vec<&str> = source.lines().collect();
    for range in emptied {
        let (first, last) = (range.start() - 1, range.end() - 1);
        let Some(opening) = (first..last).find(|i| lines[*i].ends_with('{')) else { continue };
        lines[opening + 1..last].fill("");
        lines[last] = "unreachable!() }";
    }
    lines.join("\n") + "\n"
}

/// The crate `probe`, compiled once for all lessons. Gives the path of its rlib.
pub fn support(course: &Course, toolchain: &Toolchain) -> Result<PathBuf> {
    let src = course.root.join("grader/probe/src");
    let mut digest = Digest::default();
    digest.add("rustc", toolchain.version.as_bytes());
    for path in files::below(&src)? {
        digest.add(&path.to_string_lossy(), files::read(&path)?.as_bytes());
    }
    let library = course.scratch().join("probe").join(&digest.finish()[..16]).join("libprobe.rlib");
    if library.is_file() {
        return Ok(library);
    }
    let folder = library.parent().unwrap_or(Path::new("."));
    let _lock = files::lock(&folder.join("lock"), || {})?;
    let none = super::Dependencies::default();
    let rustc = Rustc { toolchain, dependencies: &none, cwd: folder, shown: Vec::new(), incremental: false };
    // Under another name first: a library that is there is whole.
    let unfinished = folder.join("unfinished.rlib");
    match rustc.compile("probe", &src.join("lib.rs"), &Target::Library(unfinished.clone()), &[], &[])? {
        Compiled::Done => {
            std::fs::rename(&unfinished, &library).map_err(|error| Error::io("put in place", &library, &error))?;
            Ok(library)
        }
        came => Err(Error::Machine(format!("the crate `probe` of the course does not compile: {came:?}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROBE: &str = "//! Probe.\nuse lesson_05::x;\n\nfn slide(_: &mut Inputs) {\n    x();\n    if true {\n    }\n}\n\nfn other(i: &mut Inputs) {\n    y();\n}\n\nprobe::main!(slide, other);\n";

    #[test]
    fn functions_are_found_by_their_lines() {
        assert_eq!(functions(PROBE), [("slide".to_owned(), 4..=8), ("other".to_owned(), 10..=12)]);
    }

    #[test]
    fn an_emptied_function_keeps_every_other_line_in_its_place() {
        let fitted = without_bodies(PROBE, [4..=8].iter());
        let lines: Vec<&str> = fitted.lines().collect();
        assert_eq!(lines.len(), PROBE.lines().count());
        assert_eq!(lines[3..8], ["fn slide(_: &mut Inputs) {", "", "", "", "unreachable!() }"]);
        assert_eq!(lines[9..12], PROBE.lines().collect::<Vec<_>>()[9..12]);
    }
}
