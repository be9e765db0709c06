//! What the tests share: the course that they stand in, and a grader for it.
#![allow(dead_code, reason = "each test binary uses a part")]

use grader::course::Course;
use grader::grade::Grader;
use grader::lesson::Lesson;
use std::path::{Path, PathBuf};

/// The root of the course.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().find(|folder| folder.join("lessons").is_dir()).unwrap().to_owned()
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
    let to = tempfile::tempdir().unwrap();
    course().copy_into(to.path()).unwrap();
    to
}
