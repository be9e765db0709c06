//! A lesson as data: what `lesson.toml` says, parsed once, with all that can be known wrong about it found here.

use crate::course::{Course, LessonId};
use crate::error::Result;
use crate::files::{self, Digest};
use crate::manifest::{self, Node};
use crate::words::{Lang, Text};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// All that the grader knows of a lesson.
#[derive(Debug, Clone)]
pub struct Lesson {
    /// Which lesson it is.
    pub id: LessonId,
    /// What it is called.
    pub title: Text,
    /// The headings of the deck that it retells, counted from 1; empty for a lesson of our own.
    pub slides: Vec<u64>,
    /// About how long a student needs, in minutes.
    pub minutes: u64,
    /// Its checks, in the order in which they are shown. An id occurs once.
    pub checks: Vec<Check>,
    /// Where its probe, snapshots and compile cases lie.
    pub dir: PathBuf,
    /// SHA-256 over all that its verdicts rest on.
    pub checks_hash: String,
}

/// One thing that a lesson asks for.
#[derive(Debug, Clone)]
pub struct Check {
    /// `on-panic`; the probe's function is `on_panic`.
    pub id: String,
    /// A claim that holds when it passes.
    pub title: Text,
    /// What it is worth.
    pub points: u64,
    /// Checks that must pass before this one means anything.
    pub needs: Vec<String>,
    /// The heading of the English README that explains it.
    pub section: String,
    /// Hints in three levels, from a nudge to nearly the code.
    pub hints: [Text; 3],
    /// How it is observed.
    pub kind: CheckKind,
}

/// How a check is observed.
#[derive(Debug, Clone)]
pub enum CheckKind {
    /// The probe runs the student's crate, once per seed; the transcript is compared with a snapshot.
    Output {
        /// The public seeds. Each has a stored snapshot. `[0]` is a fixed case: its inputs do not vary.
        seeds: Vec<u64>,
        /// Wall-clock time that one run may take.
        deadline: Duration,
        /// What a hang usually means here, if that can be said.
        hang: Option<Text>,
    },
    /// Programs against the student's crate must be accepted, and their twins rejected as pinned.
    Compile {
        /// The pairs of programs.
        cases: Vec<Case>,
        /// What it means when a case does not come out.
        why: Text,
    },
}

/// A pair of programs, one token apart.
#[derive(Debug, Clone)]
pub struct Case {
    /// `dropped-guard`.
    pub name: String,
    /// The program that must not compile.
    pub fail: PathBuf,
    /// What the compiler says of it, as trybuild records it.
    pub stderr: PathBuf,
    /// Its twin, which must compile.
    pub pass: PathBuf,
}

/// The deadline of a check that names none: a right program needs milliseconds, so a loaded machine has room.
pub const DEADLINE: Duration = Duration::from_millis(4000);

impl Lesson {
    /// Reads a lesson's data. Fails with the file and line of whatever is wrong in it.
    pub fn load(course: &Course, id: &LessonId) -> Result<Lesson> {
        let dir = course.checks_dir(id);
        let path = dir.join("lesson.toml");
        manifest::read(&path, |root| {
            root.only(&["slides", "minutes", "title", "check"])?;
            let mut checks: Vec<Check> = Vec::new();
            for node in root.get("check")?.list()? {
                let check = read_check(&node, &dir)?;
                if checks.iter().any(|earlier| earlier.id == check.id) {
                    return Err(node.wrong(&format!("is the second check called `{}`", check.id)));
                }
                if let Some(unknown) = check.needs.iter().find(|need| !checks.iter().any(|c| c.id == **need)) {
                    return Err(node.wrong(&format!("needs `{unknown}`, which is no check above it")));
                }
                checks.push(check);
            }
            if checks.is_empty() {
                return Err(root.wrong("has no check"));
            }
            Ok(Lesson {
                id: id.clone(),
                title: root.get("title")?.both_languages()?,
                slides: root.get("slides")?.numbers()?,
                minutes: root.get("minutes")?.number()?,
                checks_hash: hash(&course.solution_dir(id), &dir)?,
                checks,
                dir: dir.clone(),
            })
        })
    }

    /// The sum of its checks' points.
    pub fn points(&self) -> u64 {
        self.checks.iter().map(|check| check.points).sum()
    }

    /// The check with this id.
    pub fn check(&self, id: &str) -> Option<&Check> {
        self.checks.iter().find(|check| check.id == id)
    }

    /// Where its probe's source lies.
    pub fn probe(&self) -> PathBuf {
        self.dir.join("probe.rs")
    }

    /// The snapshot of a check's transcript under a public seed.
    pub fn snapshot(&self, check: &Check, seed: u64) -> PathBuf {
        self.dir.join("snapshots").join(format!("{}@{seed}.snap", check.id))
    }
}

impl Check {
    /// The name of the probe's function for it.
    pub fn function(&self) -> String {
        self.id.replace('-', "_")
    }

    /// The compile cases, if it is judged by any.
    pub fn cases(&self) -> &[Case] {
        match &self.kind {
            CheckKind::Compile { cases, .. } => cases,
            CheckKind::Output { .. } => &[],
        }
    }

    /// The hint of a level, 1 to 3.
    pub fn hint(&self, level: usize, lang: Lang) -> &str {
        self.hints[level.clamp(1, 3) - 1].get(lang)
    }
}

fn read_check(node: &Node<'_>, dir: &Path) -> Result<Check> {
    node.only(&[
        "id",
        "title",
        "points",
        "kind",
        "needs",
        "section",
        "hints",
        "seeds",
        "deadline_ms",
        "hang",
        "cases",
        "why",
    ])?;
    let id = node.get("id")?.string()?;
    if !id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
        return Err(node.get("id")?.wrong("should be lower-case letters, digits and hyphens"));
    }
    let section = node.find("section").map_or(Ok("The task".to_owned()), |section| section.string())?;
    Ok(Check {
        id,
        title: node.get("title")?.both_languages()?,
        points: node.get("points")?.number()?,
        needs: node.find("needs").map_or(Ok(Vec::new()), |needs| needs.strings())?,
        section,
        hints: read_hints(&node.get("hints")?)?,
        kind: read_kind(node, dir)?,
    })
}

fn read_hints(node: &Node<'_>) -> Result<[Text; 3]> {
    node.only(&["en", "ru"])?;
    let en = node.get("en")?.strings()?;
    let ru = node.get("ru")?.strings()?;
    let pairs: Vec<Text> = en.into_iter().zip(ru.clone()).map(|(en, ru)| Text { en, ru }).collect();
    if ru.len() != 3 {
        return Err(node.wrong("should have three levels in each language"));
    }
    pairs.try_into().map_err(|_| node.wrong("should have three levels in each language"))
}

fn read_kind(node: &Node<'_>, dir: &Path) -> Result<CheckKind> {
    let absent = |keys: &[&str]| match keys.iter().find_map(|key| node.find(key)) {
        Some(key) => Err(key.wrong("does not go with this kind of check")),
        None => Ok(()),
    };
    let kind = node.get("kind")?;
    match kind.string()?.as_str() {
        "output" => {
            absent(&["cases", "why"])?;
            let deadline = node.find("deadline_ms").map(|ms| ms.number()).transpose()?;
            Ok(CheckKind::Output {
                seeds: node.find("seeds").map_or(Ok(vec![1, 2]), |seeds| seeds.numbers())?,
                deadline: deadline.map_or(DEADLINE, Duration::from_millis),
                hang: node.find("hang").map(|hang| hang.both_languages()).transpose()?,
            })
        }
        "compile" => {
            absent(&["seeds", "deadline_ms", "hang"])?;
            let cases = node.get("cases")?;
            let cases: Vec<Case> = cases.strings()?.into_iter().map(|name| Case::named(dir, name)).collect();
            if let Some(path) = cases.iter().flat_map(|case| [&case.fail, &case.pass]).find(|path| !path.is_file()) {
                return Err(node.get("cases")?.wrong(&format!("names a case without its file `{}`", path.display())));
            }
            Ok(CheckKind::Compile { cases, why: node.get("why")?.both_languages()? })
        }
        _ => Err(kind.wrong("should be `output` or `compile`")),
    }
}

impl Case {
    fn named(dir: &Path, name: String) -> Case {
        let file = |ending: &str| dir.join("compile").join(format!("{name}.{ending}"));
        Case { fail: file("fail.rs"), stderr: file("fail.stderr"), pass: file("pass.rs"), name }
    }
}

/// Over the checks' files and the reference solution: what a verdict rests on besides the submission.
fn hash(solution: &Path, checks: &Path) -> Result<String> {
    let mut digest = Digest::default();
    for folder in [checks, solution] {
        for path in files::below(folder)? {
            let contents = std::fs::read(&path).map_err(|error| crate::error::Error::io("read", &path, &error))?;
            digest.add(&path.strip_prefix(folder).unwrap_or(&path).to_string_lossy(), &contents);
        }
    }
    Ok(digest.finish())
}
