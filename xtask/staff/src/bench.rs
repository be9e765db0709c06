//! `cargo xtask bench`: how long a verdict takes, beside `cargo check` and a conventional `cargo test` of the same checks.
//!
//! Everything is timed in a copy of the course, where the solution stands in the student's place and is edited before
//! each measurement. All candidates take turns in every round, so that a busy machine is busy for all of them.
//! The conventional tests come in two forms: trybuild given only what must be rejected, which is its quick way and leaves
//! out half of what a verdict holds, and trybuild given the twins as well.

mod copy;
mod levels;

use self::copy::{CONVENTIONAL, copy};
use crate::cli::Bench;
use grader::course::{Course, LessonId};
use grader::error::{Error, Result};
use grader::event::{Event, Stage, What};
use grader::exit_code::ExitCode;
use grader::files;
use grader::grade::{Grader, Origin, Request, Seeds};
use grader::lesson::Lesson;
use grader::submission::Submission;
use process::{Ended, Job, Limits, run as start};
use report::screen;
use std::cell::Cell;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Tells the conventional tests to hold also the programs that must compile, as a verdict does.
const TWINS: (&str, &str) = ("TWINS", "1");

/// What each round measured, in rounds.
#[derive(Default)]
struct Timings {
    start: Vec<Duration>,
    check: Vec<Duration>,
    cargo_check: Vec<Duration>,
    cargo_test: Vec<Duration>,
    cargo_test_with_twins: Vec<Duration>,
    stored: Vec<Duration>,
    stages: Vec<Stages>,
    /// Of a grading of a folder, by what held it.
    levels: Vec<(String, Vec<Duration>)>,
}

impl Timings {
    fn append(&mut self, mut round: Timings) {
        self.start.append(&mut round.start);
        self.check.append(&mut round.check);
        self.cargo_check.append(&mut round.cargo_check);
        self.cargo_test.append(&mut round.cargo_test);
        self.cargo_test_with_twins.append(&mut round.cargo_test_with_twins);
        self.stored.append(&mut round.stored);
        self.stages.append(&mut round.stages);
        for (level, mut times) in round.levels {
            match self.levels.iter_mut().find(|(known, _)| *known == level) {
                Some((_, all)) => all.append(&mut times),
                None => self.levels.push((level, times)),
            }
        }
    }
}

/// Times the lessons, each by itself or all together, and prints a table for each.
pub fn run(course: Course, bench: &Bench) -> Result<ExitCode> {
    let names = if bench.lessons.is_empty() { vec!["5".to_owned(), "17".to_owned()] } else { bench.lessons.clone() };
    let mut lessons = Vec::new();
    for name in &names {
        lessons.push(course.find(name)?.clone());
    }
    screen::note("copying the course and building it there");
    let copy = copy(&course)?;
    let root = copy.root.clone();
    let heard = Heard::default();
    let grader = Grader::open(copy, heard.listener())?;
    if bench.all {
        let timings = time_all(&grader, &root, bench)?;
        let title = format!("all {} lessons", grader.course.lessons.len());
        screen::print(&table(&title, "cargo check, all lessons", "check --all --solution, after edits", &timings))?;
        return Ok(ExitCode::Passed);
    }
    for id in &lessons {
        let timings = time(&grader, &heard, &root, id, bench)?;
        let title = format!("{id} {}", id.slug);
        screen::print(&table(&title, "cargo check -p", "edit → verdict, all checks", &timings))?;
    }
    Ok(ExitCode::Passed)
}

/// A lesson's sources, edited before each measurement: those of the student's, where the solution stands in the copy, and
/// the solution's own, which the conventional tests are linked with.
struct Edited {
    files: [PathBuf; 2],
    solution: String,
    edits: Cell<u32>,
}

impl Edited {
    fn new(course: &Course, id: &LessonId) -> Result<Edited> {
        let files = [course.lesson_dir(id).join("src/lib.rs"), course.solution_dir(id).join("src/lib.rs")];
        Ok(Edited { solution: files::read(&files[1])?, files, edits: Cell::new(0) })
    }

    fn edit(&self) -> Result<()> {
        self.edits.set(self.edits.get() + 1);
        let (solution, edits) = (&self.solution, self.edits.get());
        let edited = format!("{solution}\n#[doc(hidden)]\npub fn edit() -> u32 {{\n    {edits}\n}}\n");
        self.files.iter().try_for_each(|file| files::write(file, edited.as_bytes()))
    }
}

/// One lesson: what a student waits for after saving a file.
fn time(grader: &Grader, heard: &Heard, root: &Path, id: &LessonId, bench: &Bench) -> Result<Timings> {
    let lesson = Lesson::load(&grader.course, id)?;
    let edited = Edited::new(&grader.course, id)?;
    let package = id.to_string();
    // By this call the launcher builds what a sandbox is made with.
    let folder = grader.course.solution_dir(id).display().to_string();
    cargo(root, &["xtask", "check", &package, "--path", &folder])?;
    let confine = root.join("xtask/target/debug").join(format!("sandbox{}", std::env::consts::EXE_SUFFIX));
    let graders = levels::graders(root, &confine)?;
    let mut timings = Timings::default();
    // The first round warms every cache and is not counted.
    for round in 0..=bench.rounds {
        screen::note(&format!("{id}: round {round} of {}", bench.rounds));
        let mut counted = Timings::default();
        counted.start.push(cargo(root, &["xtask", "--help"])?);
        edited.edit()?;
        counted.check.push(cargo(root, &["xtask", "check", &package])?);
        counted.stored.push(cargo(root, &["xtask", "check", &package])?);
        edited.edit()?;
        counted.cargo_check.push(cargo(root, &["check", "--quiet", "--package", &package])?);
        if bench.conventional {
            let test = ["test", "--quiet", "--package", CONVENTIONAL, "--test", &package];
            edited.edit()?;
            counted.cargo_test.push(cargo(root, &test)?);
            edited.edit()?;
            counted.cargo_test_with_twins.push(cargo_with(root, &test, &[TWINS])?);
        }
        edited.edit()?;
        counted.stages.push(stages(grader, heard, &lesson)?);
        for grader in &graders {
            counted.levels.push((grader.hold.isolation().0, vec![levels::time(grader, &lesson)?]));
        }
        if round > 0 {
            timings.append(counted);
        }
    }
    Ok(timings)
}

/// All lessons by one call: what an instructor waits for after an upgrade, or a grader for a whole submission.
fn time_all(grader: &Grader, root: &Path, bench: &Bench) -> Result<Timings> {
    let lessons: Vec<Edited> =
        grader.course.lessons.iter().map(|id| Edited::new(&grader.course, id)).collect::<Result<_>>()?;
    let edit = || lessons.iter().try_for_each(Edited::edit);
    let packages: Vec<String> = grader.course.lessons.iter().map(|id| format!("--package={id}")).collect();
    let check: Vec<&str> = ["check", "--quiet"].into_iter().chain(packages.iter().map(String::as_str)).collect();
    let mut timings = Timings::default();
    for round in 0..=bench.rounds {
        screen::note(&format!("all lessons: round {round} of {}", bench.rounds));
        let mut counted = Timings::default();
        edit()?;
        counted.check.push(cargo(root, &["xtask", "check", "--all", "--solution"])?);
        counted.stored.push(cargo(root, &["xtask", "check", "--all", "--solution"])?);
        edit()?;
        counted.cargo_check.push(cargo(root, &check)?);
        if bench.conventional {
            let test = ["test", "--quiet", "--package", CONVENTIONAL];
            edit()?;
            counted.cargo_test.push(cargo(root, &test)?);
            edit()?;
            counted.cargo_test_with_twins.push(cargo_with(root, &test, &[TWINS])?);
        }
        if round > 0 {
            timings.append(counted);
        }
    }
    Ok(timings)
}

/// How long each stage of a grading took.
#[derive(Clone, Copy, Default)]
struct Stages {
    library: Duration,
    probe: Duration,
    cases: Duration,
    runs: Duration,
}

/// The stages of the newest grading, as its events tell them.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Stages>>);

impl Heard {
    fn listener(&self) -> grader::event::Tell {
        let heard = self.clone();
        Box::new(move |event: &Event| {
            let mut stages = heard.0.lock().unwrap_or_else(PoisonError::into_inner);
            match event.what {
                What::Begins => *stages = Stages::default(),
                What::Stage(Stage::Library, took) => stages.library = took,
                What::Stage(Stage::Probe, took) => stages.probe = took,
                What::Stage(Stage::Cases, took) => stages.cases = took,
                What::Stage(Stage::Runs, took) => stages.runs = took,
                _ => {}
            }
        })
    }
}

fn stages(grader: &Grader, heard: &Heard, lesson: &Lesson) -> Result<Stages> {
    let shown = format!("lessons/{}", lesson.id.folder());
    let submission = Submission::read(&grader.course.lesson_dir(&lesson.id), &lesson.id, &shown);
    let report = grader.grade(&Request { lesson, submission, origin: Origin::Own, seeds: Seeds::Public })?;
    if report.full_marks() {
        Ok(*heard.0.lock().unwrap_or_else(PoisonError::into_inner))
    } else {
        Err(Error::course(
            &grader.course.solution_dir(&lesson.id),
            "does not get full marks, so there is nothing to time",
        ))
    }
}

/// Runs cargo in the folder, bounded like all we start, and gives how long that took. It must succeed.
fn cargo(folder: &Path, args: &[&str]) -> Result<Duration> {
    cargo_with(folder, args, &[])
}

/// Like [`cargo`], with these environment variables besides our own.
fn cargo_with(folder: &Path, args: &[&str], env: &[(&str, &str)]) -> Result<Duration> {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let job = Job {
        program: program.into(),
        args: args.iter().map(OsString::from).collect(),
        env: std::env::vars_os()
            .filter(|(name, _)| name.to_str().is_none_or(|name| !name.starts_with("CARGO_")))
            .chain(env.iter().map(|(name, value)| (name.into(), value.into())))
            .collect(),
        cwd: folder.to_owned(),
        stdin: Vec::new(),
        limits: Limits {
            deadline: Duration::from_secs(900),
            cpu: Duration::from_secs(1800),
            memory: 0,
            output: 16 << 20,
        },
    };
    let started = Instant::now();
    let exit = start(&job).map_err(|error| Error::caused("failed to run cargo", error))?;
    let took = started.elapsed();
    if exit.ended == Ended::Code(0) {
        return Ok(took);
    }
    let said = String::from_utf8_lossy(&exit.stderr).into_owned();
    Err(Error::machine(format!("`cargo {}` in `{}` failed:\n{said}", args.join(" "), folder.display())))
}

/// The table of one subject, whose baseline and whose verdict go by these names.
fn table(title: &str, baseline: &str, verdict: &str, timings: &Timings) -> String {
    let rounds = timings.check.len();
    let rounds = format!("{rounds} round{}", if rounds == 1 { "" } else { "s" });
    let mut out = format!("{title}, {rounds}: minimum and median in ms, and the median ratio within a round\n\n");
    let _ = writeln!(out, "  {:<42} {:>8} {:>8}   {:>16}", "", "minimum", "median", "to cargo check");
    let mut row = |name: &str, times: &[Duration]| {
        if !times.is_empty() {
            let ratio = median(
                times.iter().zip(&timings.cargo_check).map(|(a, b)| a.as_secs_f64() / b.as_secs_f64()).collect(),
            );
            let (least, middle) = (ms(times.iter().min().copied().unwrap_or_default()), ms(middle(times)));
            let _ = writeln!(out, "  {name:<42} {least:>8} {middle:>8}   {ratio:>15.2}x");
        }
    };
    row(baseline, &timings.cargo_check);
    row(verdict, &timings.check);
    row("cargo test, insta + trybuild", &timings.cargo_test);
    row("cargo test, and the twins", &timings.cargo_test_with_twins);
    row("unchanged: the stored verdict", &timings.stored);
    row("cargo xtask --help: the start", &timings.start);
    let stage = |of: fn(&Stages) -> Duration| timings.stages.iter().map(of).collect::<Vec<_>>();
    row("  stage: the student's crate", &stage(|stages| stages.library));
    row("  stage: the probe, linked", &stage(|stages| stages.probe));
    row("  stage: compile cases (beside those two)", &stage(|stages| stages.cases));
    row("  stage: runs", &stage(|stages| stages.runs));
    for (level, times) in &timings.levels {
        row(&format!("a folder, by {level}"), times);
    }
    if !timings.cargo_test.is_empty() || !timings.levels.is_empty() {
        out.push('\n');
    }
    if let Some(((_, trusted), held)) = timings.levels.split_first() {
        for (level, times) in held {
            let ratio = median(times.iter().zip(trusted).map(|(a, b)| a.as_secs_f64() / b.as_secs_f64()).collect());
            let _ = writeln!(out, "  a folder by {level}, to the same trusted: {ratio:.2}x");
        }
    }
    for (than, times) in
        [("cargo test", &timings.cargo_test), ("cargo test that holds the twins too", &timings.cargo_test_with_twins)]
    {
        if !times.is_empty() {
            let faster =
                median(times.iter().zip(&timings.check).map(|(a, b)| a.as_secs_f64() / b.as_secs_f64()).collect());
            let _ = writeln!(out, "  faster than {than}: {faster:.1}x");
        }
    }
    out.push('\n');
    out
}

fn ms(time: Duration) -> String {
    format!("{:.0}", time.as_secs_f64() * 1000.0)
}

fn middle(times: &[Duration]) -> Duration {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
