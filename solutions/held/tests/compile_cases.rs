//! The compile cases, held by trybuild over the reference solutions; and the road's own verdict on them, which must agree.
//!
//! trybuild is given the programs that must fail only: one that must pass would switch it from checking to building.
//! Their twins are held by the road.
//!
//! Where the standard library's source is installed (rust-analyzer wants it), the compiler quotes it, and trybuild compares
//! that too. The cases whose words lead there are then held by the road alone.
//!
//! trybuild names places by file and line only below its own package, so it is given a copy of the cases there.

#[path = "../../../grader/tests/common/mod.rs"]
mod common;

use author::audit::{cases, lists};
use grader::files;
use grader::grade::{Origin, Request, Seeds};
use grader::lesson::{Check, CheckKind};
use grader::outcome::Outcome;
use grader::submission::Submission;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};

#[test]
fn trybuild_rejects_every_failing_case_with_its_pinned_words() {
    let grader = common::grader();
    let sources = grader.toolchain.rustc.ancestors().nth(2).unwrap().join("lib/rustlib/src/rust/library/core");
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    files::remove_folder(&here.join("checks")).unwrap();
    let mut copied = Vec::new();
    let copy = |path: &Path| -> PathBuf {
        let relative = Path::new("checks").join(path.strip_prefix(grader.course.root.join("grader/checks")).unwrap());
        if path.is_file() {
            files::copy(path, &here.join(&relative)).unwrap();
        }
        relative
    };
    let cases = trybuild::TestCases::new();
    let manifest = files::read(&here.join("Cargo.toml")).unwrap();
    for lesson in common::lessons(&grader.course) {
        let line = lists::trybuild_line(&lesson.id);
        assert!(manifest.contains(&line), "`{}` lacks the line\n{line}", lists::TRYBUILD_MANIFEST);
        for case in lesson.checks.iter().flat_map(Check::cases) {
            let pinned = std::fs::read_to_string(&case.stderr).unwrap_or_default();
            if sources.is_dir() && pinned.contains("--> $RUST/") {
                println!("not compared, for its words quote the standard library here: {}", case.fail.display());
                continue;
            }
            copied.push((case.stderr.clone(), copy(&case.stderr)));
            cases.compile_fail(copy(&case.fail));
        }
    }
    // trybuild runs them, and panics, when it is dropped.
    let verdict = catch_unwind(AssertUnwindSafe(|| drop(cases)));
    if std::env::var_os("TRYBUILD").is_some_and(|how| how == "overwrite") {
        for (pinned, copy) in copied.iter().filter(|(_, copy)| here.join(copy).is_file()) {
            let said = files::read(&here.join(copy)).unwrap();
            // An import that is not there is the author's mistake, and must never be what a student is held to.
            let unresolved = cases::UNRESOLVED.iter().find(|code| said.contains(&format!("error[{code}]")));
            assert!(
                unresolved.is_none(),
                "not pinned, for an import of the case is not there: {}\n{said}",
                copy.display()
            );
            files::copy(&here.join(copy), pinned).unwrap();
        }
    }
    verdict.unwrap_or_else(|panic| resume_unwind(panic));
}

#[test]
fn the_road_agrees_with_trybuild_on_every_solution() {
    let grader = common::grader();
    // While trybuild writes its files anew there is nothing yet to agree with.
    if std::env::var_os("TRYBUILD").is_some() {
        return;
    }
    for lesson in common::lessons(&grader.course) {
        let submission = Submission::read(&grader.course.solution_dir(&lesson.id), &lesson.id, "solution");
        let origin = Origin::Other("agrees".to_owned());
        let report = grader.grade(&Request { lesson: &lesson, submission, origin, seeds: Seeds::Public }).unwrap();
        for check in &lesson.checks {
            if matches!(check.kind, CheckKind::Compile { .. }) {
                let graded = report.checks.iter().find(|graded| graded.id == check.id).unwrap();
                assert_eq!(graded.outcome, Outcome::Passed, "{} {}", lesson.id, check.id);
            }
        }
    }
}
