//! A lesson as data: what `lesson.toml` says, parsed once, with all that can be known wrong about it found in `read`.

mod read;

use crate::course::{Course, LessonId};
use crate::error::{Error, Result};
use crate::files::{self, Digest};
use crate::manifest;
use crate::readme;
use crate::words::{Lang, Text};
use std::collections::BTreeMap;
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
    /// The crates besides the standard library that a submission may use, by their names in the course's manifest.
    pub dependencies: Vec<String>,
    /// What the probe uses besides those.
    pub probe_dependencies: Vec<String>,
    /// Its checks, in the order in which they are shown. An id occurs once.
    pub checks: Vec<Check>,
    /// The promises of its README's task, by their ids. No verdict rests on them: they are what it quotes.
    pub rules: BTreeMap<String, Text>,
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
    /// The rules of the README's task that it holds, by their ids.
    pub holds: Vec<String>,
    /// Whether students are not told what it expects: a students' repository lacks it.
    pub hidden: bool,
    /// How much of a failure a student is shown.
    pub reveal: Reveal,
    /// The heading of the English README that explains it.
    pub section: String,
    /// Hints in three levels, from a nudge to nearly the code.
    pub hints: [Text; 3],
    /// How it is observed.
    pub kind: CheckKind,
}

/// How much of a failure a student is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reveal {
    /// That it failed, and what it is worth.
    Count,
    /// Also its title, and what to think about.
    Hint,
    /// Also where what came parts from what was expected.
    Diff,
    /// All that is known.
    Full,
}

/// How a check is observed.
#[derive(Debug, Clone)]
pub enum CheckKind {
    /// The probe runs the student's crate, once per seed; the transcript is compared with a snapshot.
    Output {
        /// The public seeds. Each has a stored snapshot. `[0]` is a fixed case: its inputs do not vary.
        seeds: Vec<u64>,
        /// How far one run may go.
        bounds: Bounds,
        /// What a hang usually means here, if that can be said.
        hang: Option<Text>,
        /// Files beside the probe, below `fixtures/`, that each run finds in the folder that it starts in.
        fixtures: Vec<PathBuf>,
    },
    /// Programs against the student's crate must be accepted, and their twins rejected as pinned.
    Compile {
        /// The pairs of programs.
        cases: Vec<Case>,
        /// What it means when a case does not come out.
        why: Text,
    },
    /// The lesson's `explored.rs` drives the student's crate under every schedule within these bounds; none may break it.
    Explored {
        /// How far to go.
        search: Search,
        /// What each schedule prints.
        prints: String,
    },
    /// The student's own tests, in `src/tests.rs`, must pass on services of ours that are right, and fail on each that is
    /// broken.
    Test {
        /// The sources of the services, each right as it stands.
        services: Vec<PathBuf>,
        /// What can be broken in them.
        flaws: Vec<Flaw>,
        /// How far one run of the tests may go.
        bounds: Bounds,
    },
}

/// What a service does wrong where it is asked to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// The name by which the service's source asks for it.
    pub id: String,
    /// Which of the services has it, by its place in the list.
    pub service: usize,
    /// What a reader of the verdict is told: `keeps the file open`.
    pub does: Text,
}

/// The file of a submission that holds its tests.
pub const OWN_TESTS: &str = "tests.rs";

/// How far the schedules of a check are explored. Counts only: the same schedules are explored on every machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Search {
    /// The most preemptions in a schedule.
    pub max_preemptions: u32,
    /// The most schedules.
    pub max_schedules: u64,
}

impl Default for Search {
    /// Most races show with one preemption or two: Musuvathi and Qadeer, PLDI 2007.
    fn default() -> Search {
        Search { max_preemptions: 2, max_schedules: 20_000 }
    }
}

/// How far one run of a check may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Wall-clock time.
    pub deadline: Duration,
    /// Processor time.
    pub cpu: Duration,
    /// Bytes of data.
    pub memory: u64,
    /// Bytes that are read of standard output, and of standard error.
    pub output: usize,
}

impl Default for Bounds {
    /// A right program needs milliseconds and kilobytes, so a loaded machine has room.
    fn default() -> Bounds {
        Bounds::within(Duration::from_secs(4))
    }
}

impl Bounds {
    /// The usual bounds with this deadline.
    ///
    /// Processor time is half of the deadline, so that an endless loop costs the student less waiting; a right program needs
    /// a hundredth of it, and processor time does not run while others have the machine.
    pub fn within(deadline: Duration) -> Bounds {
        let cpu = Duration::from_secs((deadline.as_secs() / 2).max(1));
        Bounds { deadline, cpu, memory: 512 << 20, output: 1 << 20 }
    }
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

impl Lesson {
    /// Reads a lesson's data. Fails with the file and line of all that is wrong in it.
    pub fn load(course: &Course, id: &LessonId) -> Result<Lesson> {
        let dir = course.checks_dir(id);
        let checks_hash = hash(&course.solution_dir(id), &dir)?;
        let lesson = manifest::read(&dir.join("lesson.toml"), |root| read::lesson(&root, id, &dir, checks_hash))?;
        Ok(Lesson { rules: rules(&course.lesson_dir(id)), ..lesson })
    }

    /// The promises that a check holds, the first few of them, as the README says them.
    pub fn promises(&self, check: &Check, lang: Lang) -> Vec<&str> {
        const MOST: usize = 3;
        check.holds.iter().filter_map(|rule| Some(self.rules.get(rule)?.get(lang))).take(MOST).collect()
    }

    /// What stands for a lesson whose data can't be read: its name, and no check.
    pub fn unknown(course: &Course, id: &LessonId) -> Lesson {
        Lesson {
            id: id.clone(),
            title: Text { en: id.slug.clone(), ru: id.slug.clone() },
            slides: Vec::new(),
            minutes: 0,
            dependencies: Vec::new(),
            probe_dependencies: Vec::new(),
            checks: Vec::new(),
            rules: BTreeMap::new(),
            dir: course.checks_dir(id),
            checks_hash: String::new(),
        }
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

    /// Where the source of its explored checks lies, if it has any.
    pub fn explored(&self) -> PathBuf {
        self.dir.join("explored.rs")
    }

    /// Whether it has checks that are explored.
    pub fn explores(&self) -> bool {
        self.checks.iter().any(|check| matches!(check.kind, CheckKind::Explored { .. }))
    }

    /// Whether it has a check of the student's own tests.
    pub fn has_own_tests(&self) -> bool {
        self.checks.iter().any(|check| matches!(check.kind, CheckKind::Test { .. }))
    }

    /// All files that its probe may be made of: those beside it and in a folder `probe`.
    pub fn probe_sources(&self) -> Result<Vec<PathBuf>> {
        let beside = std::fs::read_dir(&self.dir).map_err(|error| Error::io("list", &self.dir, error))?;
        let beside = beside.flatten().map(|entry| entry.path()).filter(|path| path.is_file());
        let helpers = self.dir.join("probe");
        let helpers = if helpers.is_dir() { files::below(&helpers)? } else { Vec::new() };
        Ok(beside.chain(helpers).filter(|path| path.extension().is_some_and(|end| end == "rs")).collect())
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
            CheckKind::Output { .. } | CheckKind::Explored { .. } | CheckKind::Test { .. } => &[],
        }
    }

    /// The hint of a level, 1 to 3.
    pub fn hint(&self, level: usize, lang: Lang) -> &str {
        self.hints[level.clamp(1, 3) - 1].get(lang)
    }
}

impl Case {
    fn named(dir: &Path, name: String) -> Case {
        let file = |ending: &str| dir.join("compile").join(format!("{name}.{ending}"));
        Case { fail: file("fail.rs"), stderr: file("fail.stderr"), pass: file("pass.rs"), name }
    }
}

/// What both READMEs in this folder promise. A README that can't be read promises nothing: it is the student's folder.
fn rules(folder: &Path) -> BTreeMap<String, Text> {
    let read = |lang| {
        let text = std::fs::read_to_string(folder.join(readme::file_name(lang))).unwrap_or_default();
        readme::rules(&text).into_iter().map(|rule| (rule.id, rule.sentence)).collect::<BTreeMap<_, _>>()
    };
    let (en, ru) = (read(Lang::En), read(Lang::Ru));
    let both = |(id, en): (String, String)| Some((id.clone(), Text { ru: ru.get(&id)?.clone(), en }));
    en.into_iter().filter_map(both).collect()
}

/// Over the checks' files and, where there is one, the reference solution: what a verdict rests on besides the submission.
/// What only the audit reads has no part in it: programs that it grades, and the list of mutants that may live. Nor has
/// the stub.
fn hash(solution: &Path, checks: &Path) -> Result<String> {
    let mut digest = Digest::default();
    for folder in [checks, solution].into_iter().filter(|folder| folder.is_dir()) {
        for path in files::below(folder)? {
            let name = path.strip_prefix(folder).unwrap_or(&path);
            if ["wrong", "right", "equivalent.toml", "stub"].iter().any(|start| name.starts_with(start)) {
                continue;
            }
            let contents = std::fs::read(&path).map_err(|error| Error::io("read", &path, error))?;
            digest.add(&name.to_string_lossy(), &contents);
        }
    }
    Ok(digest.finish())
}
