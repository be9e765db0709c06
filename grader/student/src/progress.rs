//! What a student has reached, in a file that they may read and mend; and the stored verdicts, which can be made again.

use grader::course::Course;
use grader::error::{Error, Result};
use grader::files::{self, Digest};
use grader::manifest;
use grader::outcome::{Isolation, Report};
use grader::toolchain::Toolchain;
use report::json;
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
            Error::Machine(format!("{error}\nMend that line, or delete the file: then no lesson counts as solved."))
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

/// What a verdict rests on, besides the grader's own program: if all of it is the same, so is the verdict.
pub struct Grounds<'a> {
    /// SHA-256 of the lesson's checks and reference solution.
    pub checks: &'a str,
    /// What was handed in, or why it could not be read.
    pub submission: &'a str,
    /// Which compiler.
    pub toolchain: &'a Toolchain,
    /// The text of `Cargo.lock`, which pins what lessons depend on.
    pub dependencies: &'a str,
    /// What holds the submission.
    pub isolation: Isolation,
    /// The seed that was asked for in place of the public ones.
    pub seed: Option<u64>,
}

impl Grounds<'_> {
    /// The key under which the verdict is stored.
    pub fn key(&self) -> String {
        // The grader's own program: a change in it makes every stored verdict another one's.
        let program = std::env::current_exe().ok().and_then(|path| std::fs::metadata(path).ok());
        let program = program.map(|about| format!("{} {:?}", about.len(), about.modified().ok())).unwrap_or_default();
        Digest::default()
            .add("grader", program.as_bytes())
            .add("checks", self.checks.as_bytes())
            .add("submission", self.submission.as_bytes())
            .add("toolchain", self.toolchain.version.as_bytes())
            .add("dependencies", self.dependencies.as_bytes())
            .add("isolation", self.isolation.name().as_bytes())
            .add("seed", format!("{:?}", self.seed).as_bytes())
            .finish()
    }
}

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
    use grader::outcome::{CheckReport, MadeBy, Outcome};

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

    #[test]
    fn a_verdict_is_found_only_under_its_key() {
        let (_folder, course) = course();
        let made_by = MadeBy {
            grader: "0.1.0".to_owned(),
            checks: "c".repeat(64),
            submission: "s".repeat(64),
            toolchain: "rustc 1.95.0".to_owned(),
            isolation: Isolation::Limits,
            seed: None,
        };
        let report = Report {
            lesson: "lesson-05".to_owned(),
            source: "src/lib.rs".to_owned(),
            unreadable: None,
            errors: Vec::new(),
            compiler_bomb: None,
            checks: vec![CheckReport { id: "slide".to_owned(), points: 10, outcome: Outcome::Passed }],
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
