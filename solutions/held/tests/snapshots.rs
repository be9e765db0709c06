//! The expected transcripts: what the reference solutions print under the public seeds, and what the slides' programs print
//! with them, held by insta.
//!
//! `cargo insta review` shows authors what changed; `cargo xtask audit --update` takes it as it is.

#[path = "../../../grader/tests/common/mod.rs"]
mod common;

use author::audit::slide;
use grader::lesson::{CheckKind, Lesson};
use grader::parallel;

#[test]
fn every_solution_prints_its_snapshots() {
    let grader = common::grader();
    for lesson in common::lessons(&grader.course) {
        for check in &lesson.checks {
            let CheckKind::Output { seeds, .. } = &check.kind else { continue };
            for seed in seeds {
                hold(&lesson, &format!("{}@{seed}", check.id), &grader.reference(&lesson, check, *seed).unwrap());
            }
        }
    }
}

#[test]
fn every_slides_program_prints_its_snapshot() {
    let grader = common::grader();
    // They mostly wait, so they wait together.
    let lessons = common::lessons(&grader.course);
    let printed = parallel::map(&lessons, lessons.len(), |lesson| slide::program(&grader, lesson).unwrap());
    for (lesson, printed) in lessons.iter().zip(printed) {
        hold(lesson, "program", &printed);
    }
}

fn hold(lesson: &Lesson, name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(lesson.dir.join("snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name.to_owned(), text));
}
