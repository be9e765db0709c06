//! The programs of a student's own tests: `src/tests.rs` and what lies below `src/tests/`, compiled as a crate of its own
//! against each service of the lesson's, and linked with the harness that tells how each test ended.
//!
//! A service is a library under the lesson's name, which the student's crate is at home. So the tests find in it what the
//! task's signatures promise, and nothing else: neither its source nor which flaw it has is anywhere that they can look.

use super::dependencies::Dependencies;
use super::diagnostics::Diagnostic;
use super::foreign;
use super::rustc::{Budget, Compiled, OutOfBounds, Rustc, Target, Unit};
use super::submission::{SUBMISSION, Workplace};
use crate::course::Course;
use crate::error::{Error, Mistake, Result};
use crate::files;
use crate::hold::Hold;
use crate::lesson::{Lesson, OWN_TESTS};
use crate::submission::{Submission, lay_out};
use crate::toolchain::Toolchain;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What came of building a student's own tests.
pub enum OwnTestsBuild {
    /// A program a service, in their order.
    Built(Vec<PathBuf>),
    /// There is no file of tests.
    Missing,
    /// They do not compile against a service.
    Errors(Vec<Diagnostic>),
    /// The compiler ran out of its bounds on them.
    Bomb(OutOfBounds),
}

/// What the tests are linked with.
pub struct Services<'a> {
    /// The compiled services, in their order.
    pub libraries: &'a [PathBuf],
    /// The compiled crate `test`.
    pub harness: &'a Path,
}

/// Builds the tests of this submission against each of the services.
pub fn build_own_tests(
    workplace: &Workplace<'_>,
    lesson: &Lesson,
    submission: &Submission,
    services: &Services<'_>,
) -> Result<OwnTestsBuild> {
    let Some(tests) = own_files(lesson, submission) else { return Ok(OwnTestsBuild::Missing) };
    let folder = workplace.folder.join("own-tests");
    files::make_folder(&folder)?;
    let src = lay_out(&tests, &folder)?;
    let shown = vec![(src.display().to_string(), submission.shown.clone())];
    let usual = workplace.rustc(&workplace.dependencies, &submission.shown);
    // What is compiled against one service is of no use for the next.
    let rustc = Rustc { cwd: &folder, shown, incremental: false, ..usual };
    let (name, support) = (lesson.id.crate_name(), workplace.support.parent().unwrap_or(Path::new(".")));
    let mut programs = Vec::new();
    for (at, library) in services.libraries.iter().enumerate() {
        let program = folder.join(format!("tests-{at}{}", std::env::consts::EXE_SUFFIX));
        let mut more = SUBMISSION.map(str::to_owned).to_vec();
        more.push(format!("-Ldependency={}", support.display()));
        if cfg!(target_os = "linux") {
            more.push("-Cstrip=symbols".to_owned());
        }
        let unit = Unit {
            name: "own_tests",
            source: &src.join("lib.rs"),
            target: Target::Tests(program.clone()),
            externs: vec![(name.as_str(), library), ("test", services.harness)],
            more,
            // The service and the harness use the crate `probe`, which is looked for in its folder.
            reads: vec![src.clone(), support.to_owned()],
        };
        match rustc.compile(&unit)? {
            Compiled::Done => {}
            Compiled::Errors(errors) => return Ok(OwnTestsBuild::Errors(foreign::named(errors, &src))),
            Compiled::OutOfBounds(bound) => return Ok(OwnTestsBuild::Bomb(bound)),
        }
        if let Some(error) = foreign::taken(&program.with_extension("d"), &src, &tests)? {
            return Ok(OwnTestsBuild::Errors(vec![error]));
        }
        programs.push(program);
    }
    Ok(OwnTestsBuild::Built(programs))
}

/// The files of the tests, under a root that gives them the lesson's names where they would find those at home: in the
/// crate's root, and as the crate itself.
fn own_files(lesson: &Lesson, submission: &Submission) -> Option<Submission> {
    let is_test = |path: &str| path == OWN_TESTS || path.starts_with("tests/");
    let mut files: BTreeMap<String, String> = submission
        .files
        .iter()
        .filter(|(path, _)| is_test(path))
        .map(|(path, text)| (path.clone(), text.clone()))
        .collect();
    files.contains_key(OWN_TESTS).then(|| {
        files.insert("lib.rs".to_owned(), format!("pub use {}::*;\nmod tests;\n", lesson.id.crate_name()));
        Submission::of_files(files, &submission.shown)
    })
}

/// Compiles a service of the course's, to lie there, unless it does.
pub fn build_service(
    course: &Course,
    toolchain: &Toolchain,
    (lesson, source): (&Lesson, &Path),
    dependencies: &Dependencies,
    support: &Path,
    library: &Path,
) -> Result<()> {
    let folder = library.parent().ok_or_else(|| Error::machine("a library lies in a folder"))?;
    if library.is_file() {
        return Ok(());
    }
    files::make_folder(folder)?;
    let _lock = files::lock(&folder.join("lock"), || {})?;
    if library.is_file() {
        return Ok(());
    }
    let (hold, budget) = (&Hold::Limits, &Budget::of(Duration::from_secs(120)));
    // A panic in there is shown with its place, and where the course lies is nobody's business.
    let shown = vec![(course.root.join("grader").display().to_string(), "grader".to_owned())];
    let rustc = Rustc { toolchain, dependencies, cwd: folder, shown, incremental: false, hold, budget };
    // Under another name first: a library that is there is whole.
    let unfinished = folder.join("unfinished.rlib");
    let unit = Unit {
        name: &lesson.id.crate_name(),
        source,
        target: Target::Library(unfinished.clone()),
        externs: vec![("probe", support)],
        more: vec![format!("-Ldependency={}", support.parent().unwrap_or(Path::new(".")).display())],
        reads: Vec::new(),
    };
    let said = match rustc.compile(&unit)? {
        Compiled::Done => {
            return std::fs::rename(&unfinished, library).map_err(|error| Error::io("put in place", library, error));
        }
        Compiled::Errors(errors) => errors.into_iter().map(|error| error.rendered).collect::<String>(),
        Compiled::OutOfBounds(_) => "the compiler ran out of time or memory".to_owned(),
    };
    Err(Error::Course(vec![Mistake::new(source, "does not compile").in_the_compilers_words(&said)]))
}
