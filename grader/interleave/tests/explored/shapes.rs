//! Races of one kind in other shapes, and right programs built in other ways.

use crate::compile::{assert_holds, bodies, broken, explored, files, package};
use std::path::PathBuf;

fn programs(lesson: &str, start: &str) -> Vec<PathBuf> {
    files(&package().join(format!("tests/programs/lesson_{lesson}")), start)
}

#[test]
fn every_right_shape_holds() {
    for lesson in ["02", "16"] {
        for program in programs(lesson, "right_") {
            assert_holds(&program, &explored(Some((&format!("lesson_{lesson}"), &program)), &bodies(lesson)));
        }
    }
}

#[test]
fn every_wrong_shape_is_broken() {
    for lesson in ["02", "16"] {
        for program in programs(lesson, "wrong_") {
            let told = explored(Some((&format!("lesson_{lesson}"), &program)), &bodies(lesson));
            assert!(!broken(&told).is_empty(), "{}: {told:#?}", program.display());
        }
    }
}

#[test]
fn the_same_program_is_told_the_same_each_time() {
    for (lesson, name) in [("02", "wrong_lock_worker"), ("16", "wrong_atomic_waker_side")] {
        let program = programs(lesson, name).remove(0);
        let crate_name = format!("lesson_{lesson}");
        let first = explored(Some((&crate_name, &program)), &bodies(lesson));
        assert_eq!(explored(Some((&crate_name, &program)), &bodies(lesson)), first);
    }
}
