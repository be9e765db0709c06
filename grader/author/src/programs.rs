//! The programs of a lesson that must be rejected, and those that must be accepted.
//!
//! A program is a file, a folder with a `lib.rs`, or a patch: a unified diff against the solution or a right program, where
//! that is shorter. Each begins with a head that says what there is to know of it.

mod head;
mod patch;
mod rebase;
mod save;
mod show;

pub use head::Head;
pub use patch::{apply, make};
pub use rebase::{Rebased, rebase};
pub use save::save;
pub use show::show;

use grader::error::{Error, Result};
use grader::files;
use grader::lesson::{Lesson, OWN_TESTS};
use grader::submission::Submission;
use grader::words::Text;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A program of the lesson's.
#[derive(Debug, Clone)]
pub struct Program {
    /// `wrong/prints-after-the-body`.
    pub name: String,
    /// Its file or folder.
    pub path: PathBuf,
    /// What it is as a submission.
    pub submission: Submission,
    /// What it should come to.
    pub kind: Kind,
}

/// What a program should come to.
#[derive(Debug, Clone)]
pub enum Kind {
    /// It must be rejected.
    Wrong {
        /// The ids of the checks that it fails.
        fails: Vec<String>,
        /// The ids of the rules that it breaks.
        breaks: Vec<String>,
        /// Whether it prints now this, now that, as its `races: yes` says: then no transcript is kept of it.
        races: bool,
        /// What its author believed, and what to look at.
        belief: Text,
    },
    /// It must be accepted.
    Right,
}

/// The wrong programs of a lesson, by name. `solution` is the folder of its reference solution, which patches start from.
pub fn wrong(lesson: &Lesson, solution: &Path) -> Result<Vec<Program>> {
    all(lesson, solution, "wrong")
}

/// The right programs of a lesson, by name.
pub fn right(lesson: &Lesson, solution: &Path) -> Result<Vec<Program>> {
    all(lesson, solution, "right")
}

fn all(lesson: &Lesson, solution: &Path, kind: &str) -> Result<Vec<Program>> {
    let folder = lesson.dir.join(kind);
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let entries = std::fs::read_dir(&folder).map_err(|error| Error::io("list", &folder, error))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().map(|path| read(lesson, solution, kind, path)).collect()
}

fn read(lesson: &Lesson, solution: &Path, kind: &str, path: &Path) -> Result<Program> {
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let shown = format!("grader/checks/{}/{kind}/{name}", lesson.id.folder());
    let (files, head) = sources(lesson, solution, path)?;
    let kind_of = |head: &Head| -> Result<Kind> {
        if kind == "right" {
            return Ok(Kind::Right);
        }
        let belief = Text { en: head.get("en")?, ru: head.get("ru")? };
        Ok(Kind::Wrong {
            fails: head.list("fails")?,
            breaks: head.list("breaks").unwrap_or_default(),
            races: head.get("races").is_ok(),
            belief,
        })
    };
    Ok(Program {
        name: format!("{kind}/{name}"),
        path: path.to_owned(),
        submission: Submission::of_files(files, &shown),
        kind: kind_of(&head)?,
    })
}

/// The program's files by their paths below `src/`, and its head.
fn sources(lesson: &Lesson, solution: &Path, path: &Path) -> Result<(BTreeMap<String, String>, Head)> {
    if path.is_dir() {
        let mut all = BTreeMap::new();
        for file in files::below(path)? {
            let name = file.strip_prefix(path).unwrap_or(&file).to_string_lossy().replace('\\', "/");
            all.insert(name, files::read(&file)?);
        }
        let head = Head::read(&path.join("lib.rs"))?;
        return Ok((all, head));
    }
    let head = Head::read(path)?;
    match path.extension().and_then(|end| end.to_str()) {
        Some("rs") => {
            let (file, tests_own_work) = (head.get("file").unwrap_or_else(|_| ROOT.to_owned()), lesson.has_own_tests());
            // A crate's root stands for all of its files, but for the tests that the solution has; another file, for itself.
            let kept = |name: &str| file != ROOT || (tests_own_work && is_own_test(name));
            let mut all = if tests_own_work { files::crate_files(&solution.join("src"))? } else { BTreeMap::new() };
            all.retain(|name, _| kept(name));
            all.insert(file, files::read(path)?);
            Ok((all, head))
        }
        Some("patch") => {
            let base = base(lesson, solution, &base_of(&head), path)?;
            Ok((apply(&files::read(path)?, base, path)?, head))
        }
        _ => Err(Error::course(path, "should be a `.rs` file, a folder with a `lib.rs`, or a `.patch`")),
    }
}

/// The root of a submission's crate.
const ROOT: &str = "lib.rs";

fn is_own_test(name: &str) -> bool {
    name == OWN_TESTS || name.starts_with("tests/")
}

/// What a patch with this head starts from: `solution`, if it names nothing.
fn base_of(head: &Head) -> String {
    head.get("base").unwrap_or_else(|_| SOLUTION.to_owned())
}

/// The files of a base, `solution` or `right/NAME`. `named_in` is where it is named, for the errors.
fn base(lesson: &Lesson, solution: &Path, base: &str, named_in: &Path) -> Result<BTreeMap<String, String>> {
    if base == SOLUTION {
        return files::crate_files(&solution.join("src"));
    }
    match base.strip_prefix("right/") {
        Some(right) => Ok(sources(lesson, solution, &right_path(lesson, right))?.0),
        None => Err(Error::course(named_in, "`base` should be `solution` or `right/NAME`")),
    }
}

/// The file of a right program, or its folder.
fn right_path(lesson: &Lesson, name: &str) -> PathBuf {
    let folder = lesson.dir.join("right");
    let file = folder.join(format!("{name}.rs"));
    if file.is_file() { file } else { folder.join(name) }
}

/// How a head names the reference solution.
const SOLUTION: &str = "solution";
