//! Lesson 17, the conventional way.

mod common;

#[path = "../checks/lesson-17-gather/probe.rs"]
mod probe_of_the_lesson;

#[test]
#[ignore = "started by the other test, with a check to run"]
fn child() {
    probe_of_the_lesson::main();
}

#[test]
fn snapshots() {
    common::snapshots("lesson-17-gather");
}

#[test]
fn compile_cases() {
    common::compile_cases("lesson-17-gather");
}
