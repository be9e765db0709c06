//! What a student has reached, in a file that they may read and mend.

use grader::course::Course;
use grader::error::{Error, Result};
use grader::files;
use grader::manifest;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

/// The lessons that were checked, by name (`lesson-05`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Progress {
    /// What is known of each.
    pub lessons: BTreeMap<String, Reached>,
}

/// What a student has reached in one lesson.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reached {
    /// The points of the newest verdict.
    pub score: u64,
    /// The points that could be earned then.
    pub points: u64,
    /// SHA-256 of the source that got this verdict.
    pub source: String,
    /// How many levels of hints were shown, by check.
    pub hints: BTreeMap<String, u64>,
}

impl Reached {
    /// Whether the newest verdict was full marks.
    pub fn solved(&self) -> bool {
        self.points > 0 && self.score == self.points
    }
}

impl Progress {
    fn path(course: &Course) -> PathBuf {
        course.root.join("progress.toml")
    }

    /// Reads the file; one that is not there is a student who begins. Fails if it is damaged, and says what to do:
    /// nothing is lost in silence.
    pub fn load(course: &Course) -> Result<Progress> {
        let path = Progress::path(course);
        if !path.exists() {
            return Ok(Progress::default());
        }
        let read = manifest::read(&path, |root| {
            let mut lessons = BTreeMap::new();
            for name in root.keys()? {
                let node = root.get(&name)?;
                node.only(&["score", "points", "source", "hints"])?;
                let mut hints = BTreeMap::new();
                if let Some(table) = node.find("hints") {
                    for check in table.keys()? {
                        let shown = table.get(&check)?.number()?;
                        hints.insert(check, shown);
                    }
                }
                let number = |key: &str| node.find(key).map_or(Ok(0), |node| node.number());
                let source = node.find("source").map_or(Ok(String::new()), |node| node.string())?;
                lessons.insert(name, Reached { score: number("score")?, points: number("points")?, source, hints });
            }
            Ok(Progress { lessons })
        });
        read.map_err(|error| {
            Error::machine(format!("{error}\nMend that line, or delete the file: then no lesson counts as solved."))
        })
    }

    /// Changes the file as `change` says. Two that do so at once wait for each other.
    pub fn update(course: &Course, change: impl FnOnce(&mut Progress)) -> Result<()> {
        let _lock = files::lock(&course.scratch().join("progress.lock"), || {})?;
        let mut progress = Progress::load(course)?;
        change(&mut progress);
        files::write_if_changed(&Progress::path(course), progress.to_toml().as_bytes())
    }

    fn to_toml(&self) -> String {
        let mut out = String::from(
            "# Kept by `cargo xtask check` and `cargo xtask hint`. Yours to read; delete it to begin anew.\n",
        );
        for (name, reached) in &self.lessons {
            let _ = writeln!(out, "\n[{}]", manifest::quoted(name));
            let _ = writeln!(out, "score = {}\npoints = {}", reached.score, reached.points);
            if !reached.source.is_empty() {
                let _ = writeln!(out, "source = {}", manifest::quoted(&reached.source));
            }
            if !reached.hints.is_empty() {
                let hints: Vec<String> =
                    reached.hints.iter().map(|(check, n)| format!("{} = {n}", manifest::quoted(check))).collect();
                let _ = writeln!(out, "hints = {{ {} }}", hints.join(", "));
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course() -> (tempfile::TempDir, Course) {
        let folder = tempfile::tempdir().unwrap();
        let course = Course { root: folder.path().to_owned(), lessons: Vec::new() };
        (folder, course)
    }

    #[test]
    fn what_is_written_reads_back() {
        let (_folder, course) = course();
        let reached = Reached {
            score: 20,
            points: 60,
            source: "ab".to_owned(),
            hints: BTreeMap::from([("on-panic".to_owned(), 2)]),
        };
        Progress::update(&course, |progress| drop(progress.lessons.insert("lesson-05".to_owned(), reached.clone())))
            .unwrap();
        Progress::update(&course, |progress| drop(progress.lessons.insert("lesson-17".to_owned(), Reached::default())))
            .unwrap();
        let progress = Progress::load(&course).unwrap();
        assert_eq!(progress.lessons["lesson-05"], reached);
        assert_eq!(progress.lessons["lesson-17"], Reached::default());
    }

    #[test]
    fn a_damaged_file_is_named_and_kept() {
        let (_folder, course) = course();
        let path = Progress::path(&course);
        files::write(&path, b"[lesson-05]\nscore = many\n").unwrap();
        let error = Progress::update(&course, |_| {}).unwrap_err().to_string();
        assert!(error.contains("progress.toml:2"), "{error}");
        assert!(error.contains("delete the file"), "{error}");
        assert_eq!(files::read(&path).unwrap(), "[lesson-05]\nscore = many\n");
    }
}
