//! What a student has reached, in a file that they may read and mend.
//!
//! The file outlives the course that it was written under: a lesson that got another number is found by its slug, one that
//! the course no longer has keeps its entry, and a file that can't be read is set aside and never written over.

use grader::course::{Course, LessonId};
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
    /// The lesson's slug, by which it is found under another number; empty in files of before.
    pub slug: String,
    /// The points of the newest verdict.
    pub score: u64,
    /// The points that could be earned then.
    pub points: u64,
    /// SHA-256 of the source that got this verdict.
    pub source: String,
    /// SHA-256 of the source that last got full marks; empty if none did.
    pub passed: String,
    /// How many levels of hints were shown, by check.
    pub hints: BTreeMap<String, u64>,
}

impl Reached {
    /// Whether full marks were earned once. What was changed since takes nothing of that back.
    pub fn solved(&self) -> bool {
        !self.passed.is_empty()
    }

    /// Notes a verdict: its points of so many, on the source with this hash.
    pub fn note(&mut self, score: u64, points: u64, source: &str) {
        (self.score, self.points) = (score, points);
        source.clone_into(&mut self.source);
        if points > 0 && score == points {
            source.clone_into(&mut self.passed);
        }
    }
}

impl Progress {
    fn path(course: &Course) -> PathBuf {
        course.root.join("progress.toml")
    }

    /// Reads the file; one that is not there is a student who begins. Fails if it is damaged: see [`Progress::set_aside`].
    pub fn load(course: &Course) -> Result<Progress> {
        let path = Progress::path(course);
        if !path.exists() {
            return Ok(Progress::default());
        }
        let mut lessons = manifest::read(&path, |root| {
            let mut lessons = BTreeMap::new();
            for name in root.keys()? {
                lessons.insert(name.clone(), reached(&root.get(&name)?)?);
            }
            Ok(lessons)
        })?;
        if course.lessons.iter().any(|id| moved(&lessons, id).is_some()) {
            lessons = renumbered(lessons, course);
        }
        Ok(Progress { lessons })
    }

    /// Puts a file that can't be read out of the way, under a name of its own, and gives that name with what is wrong
    /// with it. Nothing is done to a file that can be read.
    pub fn set_aside(course: &Course) -> Result<Option<(String, Error)>> {
        let Err(damage) = Progress::load(course) else { return Ok(None) };
        let _lock = lock(course)?;
        let path = Progress::path(course);
        // Somebody else may have done it meanwhile.
        if Progress::load(course).is_ok() {
            return Ok(None);
        }
        let names = (1..).map(|n| format!("progress.damaged-{n}.toml"));
        let free = names.into_iter().find(|name| !course.root.join(name).exists());
        let name = free.ok_or_else(|| Error::machine("there is no name left for a damaged file"))?;
        std::fs::rename(&path, course.root.join(&name)).map_err(|error| Error::io("set aside", &path, error))?;
        Ok(Some((name, damage)))
    }

    /// What is known of this lesson.
    pub fn of(&self, id: &LessonId) -> Reached {
        self.lessons.get(&id.to_string()).cloned().unwrap_or_default()
    }

    /// The lesson's entry, to be changed.
    pub fn entry(&mut self, id: &LessonId) -> &mut Reached {
        let reached = self.lessons.entry(id.to_string()).or_default();
        reached.slug.clone_from(&id.slug);
        reached
    }

    /// Changes the file as `change` says. Two that do so at once wait for each other.
    pub fn update(course: &Course, change: impl FnOnce(&mut Progress)) -> Result<()> {
        let _lock = lock(course)?;
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
            for (key, value) in [("slug", &reached.slug), ("source", &reached.source), ("passed", &reached.passed)] {
                if !value.is_empty() {
                    let _ = writeln!(out, "{key} = {}", manifest::quoted(value));
                }
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

fn lock(course: &Course) -> Result<files::Lock> {
    files::lock(&course.scratch().join("progress.lock"), || {})
}

fn reached(node: &manifest::Node<'_>) -> Result<Reached> {
    node.only(&["score", "points", "slug", "source", "passed", "hints"])?;
    let mut hints = BTreeMap::new();
    if let Some(table) = node.find("hints") {
        for check in table.keys()? {
            let shown = table.get(&check)?.number()?;
            hints.insert(check, shown);
        }
    }
    let number = |key: &str| node.find(key).map_or(Ok(0), |node| node.number());
    let text = |key: &str| node.find(key).map_or(Ok(String::new()), |node| node.string());
    let mut reached = Reached {
        slug: text("slug")?,
        score: number("score")?,
        points: number("points")?,
        source: text("source")?,
        passed: text("passed")?,
        hints,
    };
    // As files were before they told which source had passed.
    if reached.passed.is_empty() && reached.points > 0 && reached.score == reached.points {
        reached.passed = if reached.source.is_empty() { "unknown".to_owned() } else { reached.source.clone() };
    }
    Ok(reached)
}

/// The name that a lesson's entry has under another number.
fn moved<'a>(lessons: &'a BTreeMap<String, Reached>, id: &LessonId) -> Option<&'a String> {
    let here = id.to_string();
    let at_home = lessons.get(&here).is_some_and(|reached| reached.slug == id.slug);
    let by_slug = || lessons.iter().find(|(name, reached)| **name != here && reached.slug == id.slug);
    if at_home { None } else { by_slug().map(|(name, _)| name) }
}

/// Each entry under the number that its lesson has now. What then is in the way is kept under its slug.
fn renumbered(lessons: BTreeMap<String, Reached>, course: &Course) -> BTreeMap<String, Reached> {
    let now = |reached: &Reached| course.lessons.iter().find(|id| id.slug == reached.slug).map(ToString::to_string);
    let (known, other): (Vec<_>, Vec<_>) = lessons.into_iter().partition(|(_, reached)| now(reached).is_some());
    let mut all: BTreeMap<String, Reached> =
        known.into_iter().map(|(name, reached)| (now(&reached).unwrap_or(name), reached)).collect();
    for (name, reached) in other {
        let free = !all.contains_key(&name);
        all.insert(if free || reached.slug.is_empty() { name } else { reached.slug.clone() }, reached);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course(lessons: &[&str]) -> (tempfile::TempDir, Course) {
        let folder = tempfile::tempdir().unwrap();
        let lessons = lessons.iter().map(|name| LessonId::of_folder(name).unwrap()).collect();
        let course = Course { root: folder.path().to_owned(), lessons };
        (folder, course)
    }

    fn reached(slug: &str, score: u64) -> Reached {
        let hints = BTreeMap::from([("on-panic".to_owned(), 2)]);
        let (slug, source, passed) = (slug.to_owned(), "ab".to_owned(), "cd".to_owned());
        Reached { slug, score, points: 60, source, passed, hints }
    }

    #[test]
    fn what_is_written_reads_back() {
        let (_folder, course) = course(&[]);
        let five = reached("timeit", 20);
        Progress::update(&course, |progress| drop(progress.lessons.insert("lesson-05".to_owned(), five.clone())))
            .unwrap();
        Progress::update(&course, |progress| drop(progress.lessons.insert("lesson-17".to_owned(), Reached::default())))
            .unwrap();
        let progress = Progress::load(&course).unwrap();
        assert_eq!(progress.lessons["lesson-05"], five);
        assert_eq!(progress.lessons["lesson-17"], Reached::default());
    }

    #[test]
    fn full_marks_stay_when_the_source_gets_worse_and_when_the_lesson_gets_another_check() {
        let mut it = Reached::default();
        it.note(20, 60, "first");
        assert!(!it.solved());
        it.note(60, 60, "second");
        it.note(10, 60, "third");
        it.note(60, 70, "second");
        assert_eq!((it.solved(), it.passed.as_str(), it.source.as_str()), (true, "second", "second"));
    }

    #[test]
    fn a_file_of_before_tells_what_had_passed() {
        let (_folder, course) = course(&["lesson-05-timeit"]);
        let text = b"[lesson-05]\nscore = 60\npoints = 60\nsource = \"ab\"\n";
        files::write(&Progress::path(&course), text).unwrap();
        assert_eq!(Progress::load(&course).unwrap().of(&course.lessons[0]).passed, "ab");
    }

    #[test]
    fn a_lesson_with_another_number_is_found_by_its_slug_and_nothing_is_lost() {
        let (_folder, old) = course(&["lesson-05-timeit", "lesson-06-tail", "lesson-07-gone"]);
        Progress::update(&old, |progress| {
            for (id, score) in old.lessons.iter().zip([5, 6, 7]) {
                *progress.entry(id) = reached(&id.slug, score);
            }
        })
        .unwrap();
        let new = ["lesson-05-new", "lesson-06-timeit", "lesson-07-tail"].map(|it| LessonId::of_folder(it).unwrap());
        let now = Course { root: old.root.clone(), lessons: new.to_vec() };
        let progress = Progress::load(&now).unwrap();
        assert_eq!(now.lessons.iter().map(|id| progress.of(id).score).collect::<Vec<_>>(), [0, 5, 6]);
        assert_eq!(progress.lessons["gone"].score, 7);
        // Written down so, and back again.
        Progress::update(&now, |_| {}).unwrap();
        let back = Progress::load(&old).unwrap();
        assert_eq!(old.lessons.iter().map(|id| back.of(id).score).collect::<Vec<_>>(), [5, 6, 7]);
    }

    #[test]
    fn a_lesson_with_another_slug_keeps_its_entry() {
        let (_folder, old) = course(&["lesson-05-timeit"]);
        Progress::update(&old, |progress| *progress.entry(&old.lessons[0]) = reached("timeit", 5)).unwrap();
        let renamed = LessonId::of_folder("lesson-05-stopwatch").unwrap();
        let now = Course { root: old.root.clone(), lessons: vec![renamed.clone()] };
        assert_eq!(Progress::load(&now).unwrap().of(&renamed).score, 5);
    }

    #[test]
    fn a_damaged_file_is_set_aside_whole_and_named() {
        let (_folder, course) = course(&["lesson-05-timeit"]);
        for (n, damaged) in [&b"[lesson-05]\nscore = many\n"[..], b"\xff\xfe", b"[lesson-05"].iter().enumerate() {
            files::write(&Progress::path(&course), damaged).unwrap();
            assert!(Progress::update(&course, |_| {}).is_err(), "never written over");
            let (name, damage) = Progress::set_aside(&course).unwrap().unwrap();
            assert_eq!(name, format!("progress.damaged-{}.toml", n + 1));
            assert!(damage.to_string().contains("progress.toml"), "{damage}");
            assert_eq!(std::fs::read(course.root.join(&name)).unwrap(), *damaged);
            assert_eq!(Progress::load(&course).unwrap(), Progress::default());
            assert!(Progress::set_aside(&course).unwrap().is_none());
        }
    }
}
