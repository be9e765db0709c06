//! The compile cases, held by trybuild over the reference solutions; and the road's own verdict on them, which must agree.
//!
//! trybuild is given the programs that must fail only: one that must pass would switch it from checking to building.
//! Their twins are held by the road.
//!
//! Where the standard library's source is installed (rust-analyzer wants it), the compiler quotes it, and trybuild compares
//! that too. The cases whose words lead there are then held by the road alone.

mod common;

use grader::grade::{Origin, Request};
use grader::lesson::{Check, CheckKind};
use grader::outcome::Outcome;
use grader::submission::Submission;

#[test]
fn trybuild_rejects_every_failing_case_with_its_pinned_words() {
    let grader = common::grader();
    let sources = grader.toolchain.rustc.ancestors().nth(2).unwrap().join("lib/rustlib/src/rust/library/core");
    let cases = trybuild::TestCases::new();
    for lesson in common::lessons(&grader.course) {
        for case in lesson.checks.iter().flat_map(Check::cases) {
            let pinned = std::fs::read_to_string(&case.stderr).unwrap_or_default();
            if sources.is_dir() && pinned.contains("--> $RUST/") {
                println!("not compared, for its words quote the standard library here: {}", case.fail.display());
                continue;
            }
            let path = case.fail.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap();
            cases.compile_fail(path);
        }
    }
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
        let report =
            grader.grade(&Request { lesson: &lesson, submission, origin, seed: None, explain: false }).unwrap();
        for check in &lesson.checks {
            if matches!(check.kind, CheckKind::Compile { .. }) {
                let graded = report.checks.iter().find(|graded| graded.id == check.id).unwrap();
                assert_eq!(graded.outcome, Outcome::Passed, "{} {}", lesson.id, check.id);
            }
        }
    }
}
