//! A class's submissions, from downloads to gradebooks, as `grade`, `grades` and `merge` take them.
//!
//! Strangers' code runs in the strongest sandbox of this machine. Without one the tests fail.
#![cfg(target_os = "linux")]

#[path = "../../../grader/tests/common/mod.rs"]
mod common;
mod copied;

use copied::{Copied, Said};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A copy of the course, downloads, and where results go.
struct Class {
    copied: Copied,
    folder: tempfile::TempDir,
}

impl Class {
    /// Two right ones of the same source, a wrong one, one that does not compile, a stub, what is no archive, and a name
    /// that nobody should have.
    fn new() -> Class {
        let class = Class { copied: Copied::new(), folder: tempfile::tempdir().unwrap() };
        let read = |path: &str| std::fs::read(common::root().join(path)).unwrap();
        let (right, stub) = (read("solutions/lesson-05-timeit/src/lib.rs"), read(copied::LIB));
        let wrong = read("grader/checks/lesson-05-timeit/wrong/truncates.rs");
        for (path, contents) in [
            ("ann/lessons/lesson-05-timeit/src/lib.rs", right.as_slice()),
            ("Bo Ek_12_assignsubmission_file_/lib.rs", &right),
            ("leejo_LATE_77_88_lib-2.rs", &wrong),
            ("kim/src/lib.rs", b"fn main( {"),
            ("stub/lesson-05/src/lib.rs", &stub),
            ("broken.zip", b"no archive"),
            ("=1+2<script>/src/lib.rs", &right),
        ] {
            grader::files::write(&class.path("in").join(path), contents).unwrap();
        }
        class
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Grades all of it into the results of this name.
    fn grade(&self, out: &str, more: &[&str]) -> Said {
        let (submissions, out) = (self.path("in"), self.path(out));
        let args = ["grade", submissions.to_str().unwrap(), "--out", out.to_str().unwrap(), "--lesson", "5"];
        self.copied.staff_says(&[&args, more].concat())
    }

    /// The points of lesson 05 by the names of students.
    fn points(&self, out: &str) -> BTreeMap<String, String> {
        let book = read(&self.path(out).join("gradebook.csv"));
        let line = |line: &str| {
            let cells: Vec<&str> = line.split(',').collect();
            (cells[1].to_owned(), cells[4].to_owned())
        };
        book.lines().skip(1).map(line).collect()
    }
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

/// Every file that is made of the verdicts, by its path.
fn made(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let all = grader::files::below(root)
        .unwrap()
        .into_iter()
        .map(|path| (path.strip_prefix(root).unwrap().to_owned(), std::fs::read(&path).unwrap()));
    all.filter(|(path, _)| path.starts_with("students") || path.extension().is_some_and(|it| it == "csv")).collect()
}

#[test]
fn a_class_is_graded_once_and_a_batch_that_was_stopped_goes_on_to_the_same_results() {
    let class = Class::new();
    let said = class.grade("out", &[]);
    assert_eq!(said.code, 0, "{} {}", said.out, said.err);
    assert!(said.out.contains("7 students, 5 sources, 5 graded now"), "{}", said.out);
    let points = class.points("out");
    let of = |name: &str| points[name].parse::<f64>().unwrap();
    assert_eq!([of("ann"), of("Bo Ek"), of("'=1+2<script>")], [130.0; 3], "{points:?}");
    assert_eq!([of("kim"), of("stub"), of("broken")], [0.0; 3]);
    assert!(0.0 < of("leejo") && of("leejo") < 130.0);
    let out = class.path("out");
    let same = read(&out.join("same-source.csv"));
    assert!(same.lines().count() == 2 && same.contains(",3,"), "{same}");
    assert!(read(&out.join("not-taken.csv")).contains("broken.zip"));
    let first = made(&out);

    let again = class.grade("out", &[]);
    assert!(again.out.contains(" 0 graded now"), "{}", again.out);
    assert!(made(&out) == first, "the same to the byte");

    // As a kill leaves it: a line cut, a verdict that no line names, a page that was not written.
    let journal = out.join("journal.jsonl");
    let lines = std::fs::read(&journal).unwrap();
    grader::files::write(&journal, &lines[..lines.len() - 9]).unwrap();
    std::fs::remove_dir_all(out.join("students").join("ann")).unwrap();
    let resumed = class.grade("out", &[]);
    assert!(resumed.code == 0 && resumed.out.contains(" 1 graded now"), "{} {}", resumed.out, resumed.err);
    assert!(made(&out) == first, "the same to the byte");

    let lock = std::fs::File::options().write(true).open(out.join("lock")).unwrap();
    lock.try_lock().unwrap();
    let second = class.grade("out", &[]);
    assert!(second.code == 2 && second.err.contains("another batch"), "{} {}", second.code, second.err);
}

#[test]
fn a_changed_check_shows_the_scores_that_would_change_before_it_writes_them() {
    let class = Class::new();
    assert_eq!(class.grade("out", &["--only", "ann", "stub"]).code, 0);
    let before = class.points("out");
    let toml = "grader/checks/lesson-05-timeit/lesson.toml";
    let text = read(&class.copied.root().join(toml));
    class.copied.write(toml, text.replacen("points = 10", "points = 15", 1).as_bytes());
    let said = class.grade("out", &["--only", "ann", "stub"]);
    assert!(said.code == 1 && said.out.contains("ann lesson-05: 130 → 135"), "{} {}", said.code, said.out);
    assert_eq!(class.points("out"), before, "nothing of it is written");
    let said = class.grade("out", &["--only", "ann", "stub", "--accept-changes"]);
    assert!(said.code == 0 && said.out.contains(" 0 graded now"), "{} {}", said.code, said.out);
    assert_eq!(class.points("out")["ann"], "135.00");
}

#[test]
fn parts_of_several_machines_make_the_gradebook_of_one() {
    let class = Class::new();
    let key = class.path("key");
    grader::files::write(&key, b"sixteen bytes or more").unwrap();
    let with_key = ["--course-key", key.to_str().unwrap()];
    assert_eq!(class.grade("whole", &with_key).code, 0);
    assert_eq!(class.grade("part", &["--shard", "1/2"]).code, 2, "parts draw the same inputs");
    let parts: Vec<String> = (1..=2)
        .map(|number| {
            let out = format!("part-{number}");
            let shard = format!("{number}/2");
            let said = class.grade(&out, &[&with_key[..], &["--shard", &shard]].concat());
            assert_eq!(said.code, 0, "{} {}", said.out, said.err);
            class.path(&out).to_str().unwrap().to_owned()
        })
        .collect();
    let merged = class.path("merged");
    let merge =
        |parts: &[&str]| class.copied.staff_says(&[&["merge"], parts, &["--out", merged.to_str().unwrap()]].concat());
    let missing = merge(&[&parts[0]]);
    assert!(missing.code == 2 && missing.err.contains("part 2/2 is missing"), "{}", missing.err);
    assert_eq!(merge(&[&parts[0], &parts[1]]).code, 0);
    assert_eq!(read(&merged.join("gradebook.csv")), read(&class.path("whole").join("gradebook.csv")));

    grader::files::write(&class.path("policy.toml"), b"due = \"2026-11-24T12:00:00Z\"\npercent_per_day = 10\n")
        .unwrap();
    grader::files::write(&class.path("times.csv"), b"student,time\nann,2026-11-24T12:00:01Z\n").unwrap();
    let (policy, times) = (class.path("policy.toml"), class.path("times.csv"));
    let policy = ["--policy", policy.to_str().unwrap(), "--times", times.to_str().unwrap()];
    let said = class.copied.staff_says(&[&["grades", merged.to_str().unwrap()], &policy[..]].concat());
    assert_eq!(said.code, 0, "{}", said.err);
    let book = read(&merged.join("gradebook.csv"));
    assert!(book.contains("130.00,13.00,117.00,\"lesson-05: late, day 1, −10 %\""), "{book}");
}
