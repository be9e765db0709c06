//! `cargo xtask bench`: how long a verdict takes, beside `cargo check` and a conventional `cargo test` of the same checks.
//!
//! Everything is timed in a copy of the course, where the solution stands in the student's place and is edited before
//! each measurement. All candidates take turns in every round, so that a busy machine is busy for all of them.

use crate::cli::Bench;
use crate::screen;
use grader::course::{Course, LessonId};
use grader::error::{Error, Result};
use grader::exit_code::ExitCode;
use grader::files;
use grader::grade::{Grader, Origin, Request, Stages};
use grader::lesson::Lesson;
use grader::process::{Ended, Job, Limits, run as start};
use grader::submission::Submission;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

/// Lessons whose checks are kept in the conventional form too.
const CONVENTIONAL: [u32; 2] = [5, 17];

/// What each round measured, in rounds.
#[derive(Default)]
struct Timings {
    start: Vec<Duration>,
    check: Vec<Duration>,
    cargo_check: Vec<Duration>,
    cargo_test: Vec<Duration>,
    stored: Vec<Duration>,
    stages: Vec<Stages>,
}

/// Times the lessons and prints a table a lesson.
pub fn run(course: Course, bench: &Bench) -> Result<ExitCode> {
    let names = if bench.lessons.is_empty() { vec!["5".to_owned(), "17".to_owned()] } else { bench.lessons.clone() };
    let mut lessons = Vec::new();
    for name in &names {
        lessons.push(course.find(name)?.clone());
    }
    screen::note("copying the course and building it there");
    let copy = copy(&course)?;
    let root = copy.root.clone();
    let grader = Grader::open(copy, Box::new(screen::note))?;
    for id in &lessons {
        let timings = time(&grader, &root, id, bench)?;
        screen::print(&table(id, &timings));
    }
    Ok(ExitCode::Passed)
}

/// A copy of the course in its own scratch folder; target folders stay where they are, and an earlier copy's are kept.
fn copy(course: &Course) -> Result<Course> {
    let root = course.scratch().join("bench");
    let parts = [
        "Cargo.toml",
        "Cargo.lock",
        "rust-toolchain.toml",
        ".cargo",
        "clippy.toml",
        "grader",
        "lessons",
        "probe",
        "solutions",
        "xtask",
    ];
    for part in parts {
        let from = course.root.join(part);
        let sources = if from.is_dir() { files::below(&from)? } else { vec![from] };
        for path in sources {
            let relative = path.strip_prefix(&course.root).unwrap_or(&path);
            if !relative.components().any(|part| part.as_os_str() == "target") {
                let contents = std::fs::read(&path).map_err(|error| Error::io("read", &path, &error))?;
                files::write_if_changed(&root.join(relative), &contents)?;
            }
        }
    }
    // The conventional tests have the checks below them: trybuild shortens only paths inside of its own package.
    let (checks, beside) = (root.join("grader/checks"), root.join("grader/benches/conventional/checks"));
    for path in files::below(&checks)? {
        let contents = std::fs::read(&path).map_err(|error| Error::io("read", &path, &error))?;
        files::write_if_changed(&beside.join(path.strip_prefix(&checks).unwrap_or(&path)), &contents)?;
    }
    Course::open(&root)
}

fn time(grader: &Grader, root: &Path, id: &LessonId, bench: &Bench) -> Result<Timings> {
    let lesson = Lesson::load(&grader.course, id)?;
    let source = grader.course.lesson_dir(id).join("src/lib.rs");
    let solution = files::read(&grader.course.solution_dir(id).join("src/lib.rs"))?;
    let edits = std::cell::Cell::new(0);
    let edit = || {
        edits.set(edits.get() + 1);
        let edited = format!("{solution}\n#[doc(hidden)]\npub fn edit() -> u32 {{\n    {}\n}}\n", edits.get());
        files::write(&source, edited.as_bytes())
    };
    let conventional = bench.conventional && CONVENTIONAL.contains(&id.number);
    let test_dir = root.join("grader/benches/conventional");
    let package = id.to_string();
    let mut timings = Timings::default();
    // The first round warms every cache and is not counted.
    for round in 0..=bench.rounds {
        screen::note(&format!("{id}: round {round} of {}", bench.rounds));
        let mut counted = Timings::default();
        counted.start.push(cargo(root, &["xtask", "--help"])?);
        edit()?;
        counted.check.push(cargo(root, &["xtask", "check", &package])?);
        counted.stored.push(cargo(root, &["xtask", "check", &package])?);
        edit()?;
        counted.cargo_check.push(cargo(root, &["check", "--quiet", "--package", &package])?);
        if conventional {
            edit()?;
            counted.cargo_test.push(cargo(&test_dir, &["test", "--quiet", "--test", &package])?);
        }
        edit()?;
        counted.stages.push(stages(grader, &lesson)?);
        if round > 0 {
            timings.start.append(&mut counted.start);
            timings.check.append(&mut counted.check);
            timings.stored.append(&mut counted.stored);
            timings.cargo_check.append(&mut counted.cargo_check);
            timings.cargo_test.append(&mut counted.cargo_test);
            timings.stages.append(&mut counted.stages);
        }
    }
    Ok(timings)
}

fn stages(grader: &Grader, lesson: &Lesson) -> Result<Stages> {
    let shown = format!("lessons/{}", lesson.id.folder());
    let submission = Submission::read(&grader.course.lesson_dir(&lesson.id), &lesson.id, &shown);
    let (report, stages) =
        grader.grade_with_stages(&Request { lesson, submission, origin: Origin::Own, seed: None, explain: false })?;
    if report.full_marks() {
        Ok(stages)
    } else {
        Err(Error::Machine(format!("the solution of {} does not pass", lesson.id)))
    }
}

/// Runs cargo in the folder, bounded like all we start, and gives how long that took. It must succeed.
fn cargo(folder: &Path, args: &[&str]) -> Result<Duration> {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let job = Job {
        program: program.into(),
        args: args.iter().map(OsString::from).collect(),
        env: std::env::vars_os()
            .filter(|(name, _)| name.to_str().is_none_or(|name| !name.starts_with("CARGO_")))
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
    let exit = start(&job).map_err(|error| Error::Machine(format!("failed to start cargo: {error}")))?;
    let took = started.elapsed();
    if exit.ended == Ended::Code(0) {
        return Ok(took);
    }
    let said = String::from_utf8_lossy(&exit.stderr).into_owned();
    Err(Error::Machine(format!(
        "`cargo {}` in `{}` ended with {:?}:\n{said}",
        args.join(" "),
        folder.display(),
        exit.ended
    )))
}

fn table(id: &LessonId, timings: &Timings) -> String {
    let mut out = format!(
        "{id} {}, {} rounds: minimum and median in ms, and the median ratio within a round\n\n",
        id.slug,
        timings.check.len()
    );
    let _ = writeln!(out, "  {:<42} {:>8} {:>8}   {:>16}", "", "minimum", "median", "to cargo check -p");
    let mut row = |name: &str, times: &[Duration]| {
        if !times.is_empty() {
            let ratio = median(
                times.iter().zip(&timings.cargo_check).map(|(a, b)| a.as_secs_f64() / b.as_secs_f64()).collect(),
            );
            let (least, middle) = (ms(times.iter().min().copied().unwrap_or_default()), ms(middle(times)));
            let _ = writeln!(out, "  {name:<42} {least:>8} {middle:>8}   {ratio:>15.2}x");
        }
    };
    row("cargo check -p", &timings.cargo_check);
    row("edit → verdict, all checks", &timings.check);
    row("conventional cargo test, insta + trybuild", &timings.cargo_test);
    row("unchanged: the stored verdict", &timings.stored);
    row("cargo xtask --help: the start", &timings.start);
    let stage = |of: fn(&Stages) -> Duration| timings.stages.iter().map(of).collect::<Vec<_>>();
    row("  stage: the student's crate", &stage(|stages| stages.library));
    row("  stage: the probe, linked", &stage(|stages| stages.probe));
    row("  stage: compile cases (beside those two)", &stage(|stages| stages.cases));
    row("  stage: runs", &stage(|stages| stages.runs));
    row("  stage: judging", &stage(|stages| stages.judge));
    if !timings.cargo_test.is_empty() {
        let faster = median(
            timings.cargo_test.iter().zip(&timings.check).map(|(a, b)| a.as_secs_f64() / b.as_secs_f64()).collect(),
        );
        let _ = writeln!(out, "\n  faster than the conventional cargo test: {faster:.1}x");
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
