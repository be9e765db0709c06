//! lesson-NN-slug, the conventional way.

mod common;

#[path = "../checks/lesson-NN-slug/probe.rs"]
mod probe_of_the_lesson;

#[test]
#[ignore = "started by the other test, with a check to run"]
fn child() {
    probe_of_the_lesson::main();
}

#[test]
fn snapshots() {
    common::snapshots("lesson-NN-slug");
}

#[test]
fn compile_cases() {
    common::compile_cases("lesson-NN-slug");
}
