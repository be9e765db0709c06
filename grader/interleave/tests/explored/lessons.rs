//! The course's own programs: solutions and right ones hold, wrong ones are broken where their race is.

use crate::compile::{assert_holds, bodies, broken, course, explored, files};
use interleave::wire::Explored;
use std::path::{Path, PathBuf};

fn folder(of: &str, lesson: &str) -> PathBuf {
    files(&course().join(of), &format!("lesson-{lesson}-")).remove(0)
}

fn wrong(lesson: &str, name: &str) -> PathBuf {
    folder("grader/checks", lesson).join("wrong").join(format!("{name}.rs"))
}

fn explore(lesson: &str, program: &Path) -> Vec<(String, Explored)> {
    explored(Some((&format!("lesson_{lesson}"), program)), &bodies(lesson))
}

/// The solution and the right programs. Those that are patches are explored by the audit, which applies them.
fn right_ones_hold(lesson: &str) {
    let mut programs = files(&folder("grader/checks", lesson).join("right"), "");
    programs.retain(|program| program.extension().is_none_or(|kind| kind != "patch"));
    programs.push(folder("solutions", lesson).join("src/lib.rs"));
    for program in programs {
        assert_holds(&program, &explore(lesson, &program));
    }
}

/// Broken in this body, by a schedule whose steps name lines of the program.
fn breaks(lesson: &str, name: &str, body: &str, lines: &[u32]) {
    let program = wrong(lesson, name);
    let explored = explore(lesson, &program);
    let (_, it) = explored.iter().find(|(name, _)| name == body).expect("there is such a body");
    let Explored::Broken(it) = it else { panic!("{name}: {body}: {it:#?}") };
    let here = |line: u32| it.steps.iter().any(|s| s.place.line == line && Path::new(&s.place.file) == program);
    let missing: Vec<u32> = lines.iter().copied().filter(|&line| !here(line)).collect();
    assert!(missing.is_empty(), "{name}: no step in lines {missing:?} of\n{:#?}", it.steps);
}

#[test]
fn the_right_pools_hold() {
    right_ones_hold("01");
}

#[test]
fn the_right_callbacks_hold() {
    right_ones_hold("02");
}

#[test]
fn the_right_futures_hold() {
    right_ones_hold("15");
}

#[test]
fn the_right_executors_hold() {
    right_ones_hold("16");
}

/// It takes the time before it leaves the new waker: an alarm in between calls the old one, and nobody the new one.
#[test]
fn the_future_that_looks_at_the_clock_first_loses_a_wake() {
    let program = folder("grader/checks", "15").join("wrong/looks-at-the-clock-first.rs");
    assert_eq!(broken(&explore("15", &program)), ["latest-waker"]);
}

#[test]
fn a_callback_that_is_left_after_a_look_is_lost() {
    breaks("02", "look-then-leave", "called-once", &[59, 60, 85, 95]);
    breaks("02", "never-looks", "called-once", &[]);
    breaks("02", "one-table", "callback-is-free", &[]);
    breaks("02", "waits-inside", "does-not-wait", &[]);
}

#[test]
fn a_bare_park_loses_a_wake() {
    breaks("16", "bare-park", "parks-itself", &[54]);
    breaks("16", "bare-park", "stray-unpark", &[54]);
    breaks("16", "never-sleeps", "block-on-sleeps", &[]);
    breaks("16", "ends-when-idle", "mainloop", &[]);
    breaks("16", "polls-everyone", "mainloop", &[]);
    breaks("16", "locked-while-polling", "wakes-while-polled", &[]);
    breaks("16", "expects-the-task", "late-wakes", &[]);
}

#[test]
fn a_pool_that_does_not_wait_or_holds_its_lock_is_broken() {
    breaks("01", "detached", "drop-waits", &[]);
    breaks("01", "locked-while-running", "all-at-once", &[]);
    breaks("01", "queue-thrown-away", "drop-waits", &[]);
    breaks("01", "worker-dies", "panics", &[]);
}

#[test]
fn a_future_that_keeps_its_first_waker_or_wakes_nobody_is_broken() {
    breaks("15", "first-waker-for-good", "latest-waker", &[]);
    breaks("15", "rings-without-waking", "latest-waker", &[]);
    breaks("15", "wakes-all-who-asked", "latest-waker", &[]);
}
