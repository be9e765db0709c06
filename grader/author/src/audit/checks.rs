//! Whether the checks of a lesson tell right from wrong.

use super::{Audit, Effort};
use crate::programs::{self, Kind, Program};
use grader::beliefs::{self, Known, Marks};
use grader::error::Result;
use grader::files;
use grader::grade::{Grader, Origin, Request, Seeds};
use grader::judge;
use grader::lesson::{Check, CheckKind, Lesson};
use grader::outcome::{Outcome, Report};
use grader::parallel;
use grader::submission::{Submission, Unreadable};
use grader::words::Lang;
use report::phrases;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// A program to grade, and what it should come to.
struct Graded {
    name: String,
    submission: std::result::Result<Submission, Unreadable>,
    expect: Expect,
}

enum Expect {
    Nothing,
    Everything,
    Fails(Vec<String>),
}

/// The stub earns nothing, the solution and each right program everything, and each wrong program fails what it names.
pub fn programs(grader: &Grader, lesson: &Lesson, audit: &mut Audit) -> Result<()> {
    let (wrong, right) = load(grader, lesson)?;
    for (kind, programs, least) in [("wrong/", &wrong, LEAST_WRONG), ("right/", &right, LEAST_RIGHT)] {
        if programs.len() < least {
            let has = programs.len();
            audit.findings.push(format!("`{kind}` has {has} programs; a lesson needs {least} at the least"));
        }
    }
    let all = to_grade(grader, lesson, &wrong, &right);
    let reports = parallel::map(&all, parallel::processors(), |graded| {
        let origin = Origin::Other(graded.name.replace('/', "-"));
        grader.grade(&Request { lesson, submission: graded.submission.clone(), origin, seeds: Seeds::Public })
    });
    let mut marks = BTreeMap::new();
    for (graded, report) in all.iter().zip(reports) {
        let report = report?;
        judge_program(graded, &report, lesson, audit);
        marks.insert(graded.name.clone(), Marks::of(&report));
    }
    let known: Vec<Known> = wrong.iter().filter_map(|program| known(program, &marks)).collect();
    let path = beliefs::path(lesson);
    if std::fs::read_to_string(&path).unwrap_or_default() != beliefs::to_toml(&known) {
        audit.beliefs = Some(known);
    }
    Ok(())
}

/// How many wrong programs a lesson has at the least.
pub const LEAST_WRONG: usize = 6;
/// How many right programs, built otherwise than the solution, a lesson has at the least.
pub const LEAST_RIGHT: usize = 3;

fn load(grader: &Grader, lesson: &Lesson) -> Result<(Vec<Program>, Vec<Program>)> {
    let solution = grader.course.solution_dir(&lesson.id);
    Ok((programs::wrong(lesson, &solution)?, programs::right(lesson, &solution)?))
}

fn to_grade(grader: &Grader, lesson: &Lesson, wrong: &[Program], right: &[Program]) -> Vec<Graded> {
    let course = &grader.course;
    let folder = |name: &str, dir: &Path, expect| Graded {
        name: name.to_owned(),
        submission: Submission::read(dir, &lesson.id, name),
        expect,
    };
    let mut all = vec![
        folder("stub", &course.lesson_dir(&lesson.id), Expect::Nothing),
        folder("solution", &course.solution_dir(&lesson.id), Expect::Everything),
    ];
    all.extend(wrong.iter().chain(right).map(|program| Graded {
        name: program.name.clone(),
        submission: Ok(program.submission.clone()),
        expect: match &program.kind {
            Kind::Wrong { fails, .. } => Expect::Fails(fails.clone()),
            Kind::Right => Expect::Everything,
        },
    }));
    all
}

fn known(program: &Program, marks: &BTreeMap<String, Marks>) -> Option<Known> {
    let Kind::Wrong { belief, .. } = &program.kind else { return None };
    let name = program.name.trim_start_matches("wrong/").to_owned();
    Some(Known { name, belief: belief.clone(), marks: marks.get(&program.name)?.clone() })
}

fn judge_program(program: &Graded, report: &Report, lesson: &Lesson, audit: &mut Audit) {
    let name = &program.name;
    let mut find = |what: String| audit.findings.push(format!("{name}: {what}"));
    for check in &report.checks {
        if let Outcome::GraderFault(why) = &check.outcome {
            find(format!("the grader failed in `{}`: {why}", check.id));
        }
    }
    if report.does_not_compile() {
        let error = report.errors.first().map(|error| error.headline.clone());
        let defect = report.unreadable.as_ref().map(|it| phrases::unreadable(it, Lang::En));
        let bomb = report.compiler_bomb.map(|_| phrases::compiler_bomb(Lang::En).to_owned());
        return find(format!("does not compile: {}", error.or(defect).or(bomb).unwrap_or_default()));
    }
    let failed: Vec<String> = report.failing().map(|check| check.id.clone()).collect();
    match &program.expect {
        Expect::Nothing => {
            if report.score() > 0 {
                let passed = report
                    .checks
                    .iter()
                    .filter(|check| check.outcome == Outcome::Passed)
                    .map(|check| check.id.as_str());
                find(format!("should earn nothing, but passes {}", passed.collect::<Vec<_>>().join(", ")));
            }
        }
        Expect::Everything => {
            for check in report.checks.iter().filter(|check| check.outcome != Outcome::Passed) {
                find(format!("should pass `{}`, but {}", check.id, phrases::what_happened(check, Lang::En)));
            }
            if let Some(name) = name.strip_prefix("right/") {
                audit.right.push(name.to_owned());
            }
        }
        Expect::Fails(named) => {
            if let Some(unknown) = named.iter().find(|id| lesson.check(id).is_none()) {
                find(format!("names `{unknown}`, which is no check of this lesson"));
            }
            let (named_set, failed_set): (BTreeSet<&String>, BTreeSet<&String>) =
                (named.iter().collect(), failed.iter().collect());
            for id in named_set.difference(&failed_set) {
                find(format!("should fail `{id}`, and does not"));
            }
            for id in failed_set.difference(&named_set) {
                find(format!("fails `{id}` without naming it"));
            }
            audit.wrong.insert(name.trim_start_matches("wrong/").to_owned(), failed);
        }
    }
}

/// Every check is the reason for some wrong program's failure: one that nothing fails could be left out.
pub fn coverage(lesson: &Lesson, audit: &mut Audit) {
    for check in &lesson.checks {
        if !audit.wrong.values().any(|failed| failed.contains(&check.id)) {
            audit.findings.push(format!("no wrong program fails `{}`", check.id));
        }
    }
    if lesson.checks.len() < 4 {
        audit.findings.push("a lesson needs at least four checks".to_owned());
    }
    if !lesson.checks.iter().any(|check| matches!(check.kind, CheckKind::Compile { .. })) {
        audit.findings.push("a lesson needs at least one compile check".to_owned());
    }
}

/// Every failing case pins an error on the line that it marks, and its twin is a few tokens away.
pub fn cases(lesson: &Lesson, audit: &mut Audit) -> Result<()> {
    let folder = lesson.dir.join("compile");
    let mut known = BTreeSet::new();
    for case in lesson.checks.iter().flat_map(Check::cases) {
        known.extend([case.fail.clone(), case.stderr.clone(), case.pass.clone()]);
        let (fail, pass) = (files::read(&case.fail)?, files::read(&case.pass)?);
        let diff = similar::TextDiff::from_lines(fail.as_str(), pass.as_str());
        let changed = diff.iter_all_changes().filter(|change| change.tag() != similar::ChangeTag::Equal);
        let lines = changed.filter(|change| !change.value().trim_start().starts_with("//")).count();
        if !(1..=6).contains(&lines) {
            audit
                .findings
                .push(format!("compile/{}: its twins differ in {lines} lines; one token apart is the aim", case.name));
        }
        let stderr = files::read(&case.stderr).unwrap_or_default();
        let quotes_std = stderr
            .lines()
            .zip(stderr.lines().skip(1))
            .any(|(place, next)| place.trim_start().starts_with("--> $RUST/") && next.trim() == "|");
        if quotes_std {
            audit.findings.push(format!(
                "compile/{}: quotes the standard library's source, which few have installed; take out the lines between `--> $RUST/…` and the next note",
                case.name
            ));
        }
        match judge::read_pinned(case) {
            Err(error) => audit.findings.push(error.to_string()),
            Ok(pinned) => {
                let marked: Vec<usize> =
                    (1..).zip(fail.lines()).filter(|(_, line)| line.contains("//~ ")).map(|(i, _)| i).collect();
                let lines: Vec<usize> = pinned.iter().map(|pinned| pinned.line as usize).collect();
                if marked.is_empty() || marked.iter().any(|line| !lines.contains(line)) {
                    audit.findings.push(format!("compile/{}: marks lines {marked:?}, but pins {lines:?}", case.name));
                }
            }
        }
    }
    if folder.is_dir() {
        for path in files::below(&folder)?.into_iter().filter(|path| !known.contains(path)) {
            audit.findings.push(format!("`{}` belongs to no check", path.display()));
        }
    }
    Ok(())
}

/// The solution prints the same under the same seed, however often and however busy the machine is; under another seed,
/// something else.
pub fn seeds(grader: &Grader, lesson: &Lesson, effort: Effort, audit: &mut Audit) -> Result<()> {
    let mut known = BTreeSet::new();
    let mut fixed = 0;
    for check in &lesson.checks {
        let CheckKind::Output { seeds, .. } = &check.kind else { continue };
        let mut texts = BTreeSet::new();
        for seed in seeds {
            let path = lesson.snapshot(check, *seed);
            let text = judge::read_snapshot(&path)?;
            if !grader::transcript::is_whole(&text) {
                audit.findings.push(format!("`{}` should begin with a mark and end with `» end`", path.display()));
            }
            let drifted = repeat(grader, lesson, check, *seed, effort.runs, &text)?;
            audit.runs += effort.runs;
            if let Some(other) = drifted {
                audit.findings.push(format!(
                    "`{}@{seed}` of the solution is not always the same; once it was:\n{other}",
                    check.id
                ));
            }
            texts.insert(text);
            known.insert(path);
        }
        match seeds.as_slice() {
            [0] => fixed += 1,
            [] | [_] => {
                audit.findings.push(format!("`{}` needs two seeds at the least, or `[0]` for a fixed case", check.id));
            }
            several if texts.len() < several.len() => {
                audit.findings.push(format!("`{}` prints the same under different seeds", check.id));
            }
            _ => {}
        }
    }
    if fixed > 1 || (fixed == 0 && !lesson.slides.is_empty()) {
        audit.findings.push(format!("{fixed} checks have fixed inputs; the slide's own case should be the only one"));
    }
    for path in files::below(&lesson.dir.join("snapshots"))?.into_iter().filter(|path| !known.contains(path)) {
        audit.findings.push(format!("`{}` belongs to no check", path.display()));
    }
    Ok(())
}

/// Runs the solution's check again and again, the second half with every core kept busy; gives a transcript that differs.
fn repeat(
    grader: &Grader,
    lesson: &Lesson,
    check: &Check,
    seed: u64,
    runs: u64,
    expected: &str,
) -> Result<Option<String>> {
    let idle = runs / 2;
    for _ in 0..runs - idle {
        let text = grader.reference(lesson, check, seed)?;
        if text.trim_end() != expected.trim_end() {
            return Ok(Some(text));
        }
    }
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..parallel::processors() {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    std::hint::spin_loop();
                }
            });
        }
        let again = || {
            for _ in 0..idle {
                let text = grader.reference(lesson, check, seed)?;
                if text.trim_end() != expected.trim_end() {
                    return Ok(Some(text));
                }
            }
            Ok(None)
        };
        let found = again();
        stop.store(true, Ordering::Relaxed);
        found
    })
}
