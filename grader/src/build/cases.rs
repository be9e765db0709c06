//! The compile cases: small programs against a student's crate, many in one session of the compiler.
//!
//! A session costs more than a case, so cases share one where they can't hide each other: lints are looked for only in
//! a program without other errors, so what must compile goes with what a lint must reject, and the rest goes together.
//! Whatever does not come out as expected there is compiled again, alone, and only that counts.

use super::diagnostics::Diagnostic;
use super::rustc::{Compiled, Rustc, Target, Unit};
use crate::error::Result;
use crate::files;
use crate::lesson::Case;
use std::path::{Path, PathBuf};

/// The compiler's errors on the two programs of a case.
#[derive(Debug, Clone, Default)]
pub struct CaseDiagnostics {
    /// On the program that must not compile.
    pub fail: Vec<Diagnostic>,
    /// On its twin, which must.
    pub pass: Vec<Diagnostic>,
}

/// A program that is to be compiled, and how to tell that it came out as it should.
struct Program<'a> {
    path: &'a Path,
    as_expected: Expectation<'a>,
}

type Expectation<'a> = Box<dyn Fn(&[Diagnostic]) -> bool + 'a>;

/// Compiles the cases against `library`, the student's crate under the name `crate_name`.
///
/// `as_pinned` tells whether a failing program's errors are those that the case pins; it decides only what is worth
/// a second look. The errors come back in the order of the cases.
pub fn compile_cases(
    rustc: &Rustc<'_>,
    crate_name: &str,
    library: &Path,
    cases: &[&Case],
    as_pinned: &dyn Fn(&Case, &[Diagnostic]) -> bool,
) -> Result<Vec<CaseDiagnostics>> {
    let mut found: Vec<CaseDiagnostics> = vec![CaseDiagnostics::default(); cases.len()];
    let mut calm = Vec::new();
    let mut loud = Vec::new();
    for (i, case) in cases.iter().enumerate() {
        let group = if rejected_by_a_lint(&case.stderr)? { &mut calm } else { &mut loud };
        let as_expected = Box::new(|errors: &[Diagnostic]| as_pinned(case, errors));
        group.push((i, true, Program { path: &case.fail, as_expected }));
        calm.push((i, false, Program { path: &case.pass, as_expected: Box::new(<[Diagnostic]>::is_empty) }));
    }
    for (name, group) in [("calm", calm), ("loud", loud)] {
        let programs: Vec<&Program<'_>> = group.iter().map(|(_, _, program)| program).collect();
        let errors = session(rustc, crate_name, library, name, &programs)?;
        for ((i, must_fail, _), errors) in group.iter().zip(errors) {
            let slot = if *must_fail { &mut found[*i].fail } else { &mut found[*i].pass };
            *slot = errors;
        }
    }
    Ok(found)
}

/// Whether the pinned diagnostics are a lint's: those have no code.
fn rejected_by_a_lint(stderr: &Path) -> Result<bool> {
    Ok(stderr.is_file() && !files::read(stderr)?.lines().any(|line| line.starts_with("error[")))
}

fn session(
    rustc: &Rustc<'_>,
    crate_name: &str,
    library: &Path,
    name: &str,
    programs: &[&Program<'_>],
) -> Result<Vec<Vec<Diagnostic>>> {
    if programs.is_empty() {
        return Ok(Vec::new());
    }
    let modules: String = programs
        .iter()
        .enumerate()
        .map(|(i, program)| format!("#[path = {:?}]\nmod case_{i};\n", program.path))
        .collect();
    let together = rustc.cwd.join(format!("{name}.rs"));
    files::write_if_changed(&together, format!("{modules}fn main() {{}}\n").as_bytes())?;
    let paths: Vec<PathBuf> = programs.iter().map(|program| program.path.to_owned()).collect();
    let all = check(rustc, crate_name, library, &together, paths)?;

    // An error outside of every case is the session's own, so that each case is asked by itself. The same holds where
    // a program that should be quiet is not: it may have kept the compiler from looking at the others.
    let of = |program: &Program<'_>| -> Vec<Diagnostic> {
        all.iter().filter(|error| is_in(error, program.path)).cloned().collect()
    };
    let shared: Vec<Vec<Diagnostic>> = programs.iter().map(|program| of(program)).collect();
    let whole = shared.iter().map(Vec::len).sum::<usize>() == all.len();
    let calm_broke =
        name == "calm" && programs.iter().zip(&shared).any(|(program, errors)| !(program.as_expected)(errors));
    let mut settled = Vec::new();
    for (program, errors) in programs.iter().zip(shared) {
        if whole && !calm_broke && (program.as_expected)(&errors) {
            settled.push(errors);
        } else {
            settled.push(check(rustc, crate_name, library, program.path, Vec::new())?);
        }
    }
    Ok(settled)
}

fn is_in(error: &Diagnostic, path: &Path) -> bool {
    let (Some(place), Some(name)) = (&error.place, path.file_name()) else { return false };
    Path::new(&place.file).file_name() == Some(name)
}

fn check(
    rustc: &Rustc<'_>,
    crate_name: &str,
    library: &Path,
    source: &Path,
    reads: Vec<PathBuf>,
) -> Result<Vec<Diagnostic>> {
    let target = Target::Check(rustc.cwd.join("case.rmeta"));
    let externs = vec![(crate_name, library)];
    match rustc.compile(&Unit { name: "case", source, target, externs, more: Vec::new(), reads })? {
        Compiled::Done => Ok(Vec::new()),
        Compiled::Errors(errors) => Ok(errors),
        // Neither accepted nor rejected with a reason: shown as an error that no case pins.
        Compiled::OutOfBounds(_) => Ok(vec![Diagnostic {
            code: None,
            headline: "the compiler ran out of time or memory on this case".to_owned(),
            place: None,
            rendered: String::new(),
        }]),
    }
}
