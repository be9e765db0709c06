//! What the tests share: the course that they stand in, and a grader for it.
#![allow(dead_code, reason = "each test binary uses a part")]

use grader::course::Course;
use grader::grade::Grader;
use grader::lesson::Lesson;
use std::path::{Path, PathBuf};

/// The root of the course.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The course itself.
pub fn course() -> Course {
    Course::open(&root()).unwrap()
}

/// A grader for the course, with nobody to talk to.
pub fn grader() -> Grader {
    Grader::open(course(), Box::new(|_| {})).unwrap()
}

/// The lessons, or those that the variable `LESSONS` names.
pub fn lessons(course: &Course) -> Vec<Lesson> {
    let named = std::env::var("LESSONS").unwrap_or_default();
    let named: Vec<&str> = named.split(',').filter(|name| !name.is_empty()).collect();
    let wanted = course.lessons.iter().filter(|id| named.is_empty() || named.contains(&id.to_string().as_str()));
    wanted.map(|id| Lesson::load(course, id).unwrap()).collect()
}

/// A copy of the course without target folders, to be broken.
pub fn copy_of_the_course() -> tempfile::TempDir {
    let (from, to) = (root(), tempfile::tempdir().unwrap());
    let parts = [
        "Cargo.toml",
        "Cargo.lock",
        "rust-toolchain.toml",
        ".cargo",
        "grader",
        "lessons",
        "probe",
        "solutions",
        "xtask",
    ];
    for part in parts {
        let part = from.join(part);
        let sources = if part.is_dir() { grader::files::below(&part).unwrap() } else { vec![part] };
        for path in sources {
            let relative = path.strip_prefix(&from).unwrap();
            if !relative.components().any(|part| part.as_os_str() == "target") {
                grader::files::write(&to.path().join(relative), &std::fs::read(&path).unwrap()).unwrap();
            }
        }
    }
    to
}
