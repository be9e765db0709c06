//! The expected transcripts: what the reference solutions print under the public seeds, held by insta.
//!
//! `cargo insta review` shows authors what changed; `cargo xtask audit --update` takes it as it is.

#[path = "../../../grader/tests/common/mod.rs"]
mod common;

use grader::lesson::CheckKind;

#[test]
fn every_solution_prints_its_snapshots() {
    let grader = common::grader();
    for lesson in common::lessons(&grader.course) {
        for check in &lesson.checks {
            let CheckKind::Output { seeds, .. } = &check.kind else { continue };
            for seed in seeds {
                let transcript = grader.reference(&lesson, check, *seed).unwrap();
                let mut settings = insta::Settings::clone_current();
                settings.set_snapshot_path(lesson.dir.join("snapshots"));
                settings.set_prepend_module_to_snapshot(false);
                settings.set_omit_expression(true);
                settings.bind(|| insta::assert_snapshot!(format!("{}@{seed}", check.id), transcript));
            }
        }
    }
}
