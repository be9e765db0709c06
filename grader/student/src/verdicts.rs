//! The verdicts that are kept: the newest of each lesson and origin, under the key of all that it rests on.
//!
//! The files can be deleted; they are made again.

use grader::course::Course;
use grader::error::Result;
use grader::files;
use grader::outcome::Report;
use report::json;
use std::path::PathBuf;

fn verdict_path(course: &Course, lesson: &str, name: &str) -> PathBuf {
    course.scratch().join("verdicts").join(format!("{lesson}-{name}.json"))
}

/// The stored verdict with this key, if there is one. A damaged file is no verdict.
pub fn stored_verdict(course: &Course, lesson: &str, name: &str, key: &str) -> Option<Report> {
    let text = std::fs::read_to_string(verdict_path(course, lesson, name)).ok()?;
    let value: serde_json::Value = serde_json::from_str(&text).ok()?;
    (value["key"] == key).then(|| json::read(&value["report"]))?
}

/// The newest verdict on the student's own work, if one is stored.
pub fn newest_verdict(course: &Course, lesson: &str) -> Option<Report> {
    let text = std::fs::read_to_string(verdict_path(course, lesson, "own")).ok()?;
    json::read(&serde_json::from_str::<serde_json::Value>(&text).ok()?["report"])
}

/// Stores a verdict under its key, in place of the one before.
pub fn store_verdict(course: &Course, name: &str, key: &str, report: &Report) -> Result<()> {
    let value = serde_json::json!({ "key": key, "report": json::write(report) });
    files::write(&verdict_path(course, &report.lesson, name), value.to_string().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use grader::outcome::{CheckReport, Isolation, MadeBy, Outcome};

    #[test]
    fn a_verdict_is_found_only_under_its_key() {
        let folder = tempfile::tempdir().unwrap();
        let course = Course { root: folder.path().to_owned(), lessons: Vec::new() };
        let made_by = MadeBy {
            grader: "0.1.0".to_owned(),
            checks: "c".repeat(64),
            submission: "s".repeat(64),
            toolchain: "rustc 1.95.0".to_owned(),
            isolation: Isolation::limits(),
            seed: None,
        };
        let report = Report {
            lesson: "lesson-05".to_owned(),
            source: "src/lib.rs".to_owned(),
            fault: None,
            unreadable: None,
            errors: Vec::new(),
            compiler_bomb: None,
            checks: vec![CheckReport { id: "slide".to_owned(), points: 10, outcome: Outcome::Passed, explored: None }],
            ignored: Vec::new(),
            made_by,
        };
        store_verdict(&course, "own", "key", &report).unwrap();
        assert_eq!(stored_verdict(&course, "lesson-05", "own", "key"), Some(report));
        assert_eq!(stored_verdict(&course, "lesson-05", "own", "other"), None);
        files::write(&verdict_path(&course, "lesson-05", "own"), b"{\"key\":\"key\",").unwrap();
        assert_eq!(stored_verdict(&course, "lesson-05", "own", "key"), None);
    }
}
