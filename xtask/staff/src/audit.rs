//! `cargo xtask audit`: for authors, whether lessons can be trusted.

mod mutants;

use crate::cli::Audit;
use author::audit::sources::update_stub;
use author::audit::texts::other_texts;
use author::audit::{Effort, audit, update_beliefs};
use author::programs::{self, Rebased, show};
use grader::course::{Course, LessonId};
use grader::error::{Error, Result};
use grader::exit_code::ExitCode;
use grader::grade::Grader;
use grader::lesson::Lesson;
use report::screen;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::Path;

/// Audits the lessons; the exit code is 1 if anything was found.
pub fn run(course: Course, call: &Audit) -> Result<ExitCode> {
    let mut lessons: Vec<LessonId> = Vec::new();
    for name in &call.lessons {
        lessons.push(course.find(name)?.clone());
    }
    if lessons.is_empty() {
        lessons.clone_from(&course.lessons);
    }
    if call.rebase {
        return rebase(&course, &lessons);
    }
    if let Some(edited) = &call.save_patch {
        return save(&course, &one(&lessons)?, edited);
    }
    if call.update {
        update(&course, &lessons)?;
    }
    let grader = Grader::open(course, Box::new(|_| {}))?;
    if let Some(name) = &call.show {
        let lesson = Lesson::load(&grader.course, &one(&lessons)?)?;
        screen::print(&show(&grader, &lesson, name)?)?;
        return Ok(ExitCode::Passed);
    }
    if call.update {
        for id in &lessons {
            screen::passing(&format!("what the wrong programs of {id} print …"));
            let lesson = Lesson::load(&grader.course, id)?;
            update_stub(&grader.course, &lesson)?;
            update_beliefs(&grader, &lesson)?;
        }
        screen::passing("");
    }
    if call.mutants {
        return mutants::run(&grader, &lessons, call.right_too);
    }
    let mut code = ExitCode::Passed;
    for id in &lessons {
        screen::passing(&format!("auditing {id} …"));
        let found =
            Lesson::load(&grader.course, id).and_then(|lesson| audit(&grader, &lesson, Effort { runs: call.runs }));
        screen::passing("");
        match found {
            Ok(found) => {
                screen::print(&text(id, &found))?;
                if !found.findings.is_empty() {
                    code = code.max(ExitCode::Failed);
                }
            }
            Err(error) => {
                screen::error(&format!("{id}: {}", error.chain()));
                code = code.max(ExitCode::of_error(&error));
            }
        }
    }
    if call.lessons.is_empty() {
        let findings = other_texts(&grader.course)?;
        screen::print(&headline("the other texts", "their links", findings.is_empty()))?;
        for finding in &findings {
            screen::print(&finding_line(finding))?;
            code = code.max(ExitCode::Failed);
        }
    }
    Ok(code)
}

fn one(lessons: &[LessonId]) -> Result<LessonId> {
    match lessons {
        [id] => Ok(id.clone()),
        _ => Err(Error::Usage("a program is one lesson's: name just that one".to_owned())),
    }
}

/// The exit code is 1 if a patch has to be mended by hand.
fn rebase(course: &Course, lessons: &[LessonId]) -> Result<ExitCode> {
    let mut code = ExitCode::Passed;
    for id in lessons {
        for (name, became) in programs::rebase(course, &Lesson::load(course, id)?)? {
            let said = match became {
                Rebased::Applies => continue,
                Rebased::Anew => "made anew".to_owned(),
                Rebased::Conflict(why) => {
                    code = ExitCode::Failed;
                    format!("must be mended by hand: {why}")
                }
            };
            screen::print(&format!("{id} {name}: {said}\n"))?;
        }
    }
    if code == ExitCode::Passed {
        screen::print("Every patch applies.\n")?;
    }
    Ok(code)
}

fn save(course: &Course, id: &LessonId, edited: &Path) -> Result<ExitCode> {
    let lesson = Lesson::load(course, id)?;
    let (path, base) = programs::save(&lesson, &course.solution_dir(id), edited)?;
    screen::print(&format!("{}, against {base}\n", path.strip_prefix(&course.root).unwrap_or(&path).display()))?;
    Ok(ExitCode::Passed)
}

fn headline(of: &str, more: &str, good: bool) -> String {
    let (sign, colour) = if good { ("✓", anstyle::AnsiColor::Green) } else { ("✗", anstyle::AnsiColor::Red) };
    let style = colour.on_default().bold();
    format!("{style}{sign} {of}{style:#}  {more}\n")
}

fn finding_line(finding: &str) -> String {
    let bad = anstyle::AnsiColor::Red.on_default().bold();
    format!("  {bad}✗{bad:#} {finding}\n")
}

/// insta and trybuild own their files, so they write them: in the tests that hold the solutions against them.
fn update(course: &Course, lessons: &[LessonId]) -> Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let names: Vec<String> = lessons.iter().map(ToString::to_string).collect();
    let env: Vec<(OsString, OsString)> = [
        ("INSTA_UPDATE", "always"),
        ("INSTA_FORCE_PASS", "1"),
        ("TRYBUILD", "overwrite"),
        ("LESSONS", &names.join(",")),
    ]
    .map(|(name, value)| (name.into(), value.into()))
    .into();
    let args =
        ["test", "--quiet", "--package", "held", "--test", "snapshots", "--test", "compile_cases"].map(OsString::from);
    let code = process::hand_over(cargo.as_ref(), &args, &course.root, &env);
    match code.map_err(|error| Error::io("run", cargo.as_ref(), error))? {
        0 => Ok(()),
        _ => Err(Error::machine("the tests that write snapshots and diagnostics did not pass")),
    }
}

fn text(id: &LessonId, found: &author::audit::Audit) -> String {
    let more = format!("{} runs of the solution's checks", found.runs);
    let mut out = headline(&format!("{id} {}", id.slug), &more, found.findings.is_empty());
    for (name, failed) in &found.wrong {
        let _ = writeln!(out, "    wrong/{name} fails {}", failed.join(", "));
    }
    let _ = writeln!(out, "    right/ {}", found.right.join(", "));
    out.extend(found.notes.iter().map(|note| format!("    {note}\n")));
    out.extend(found.findings.iter().map(|finding| finding_line(finding)));
    out
}
