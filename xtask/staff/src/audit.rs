//! `cargo xtask audit`: for authors, whether lessons can be trusted.

use crate::cli::Audit;
use author::audit::texts::other_texts;
use author::audit::{Effort, audit, update_beliefs};
use grader::course::{Course, LessonId};
use grader::error::{Error, Result};
use grader::exit_code::ExitCode;
use grader::grade::Grader;
use grader::lesson::Lesson;
use report::screen;
use std::ffi::OsString;
use std::fmt::Write as _;

/// Audits the lessons; the exit code is 1 if anything was found.
pub fn run(course: Course, call: &Audit) -> Result<ExitCode> {
    let mut lessons: Vec<LessonId> = Vec::new();
    for name in &call.lessons {
        lessons.push(course.find(name)?.clone());
    }
    if lessons.is_empty() {
        lessons.clone_from(&course.lessons);
    }
    if call.update {
        update(&course, &lessons)?;
    }
    let grader = Grader::open(course, Box::new(|_| {}))?;
    if call.update {
        for id in &lessons {
            screen::passing(&format!("what the wrong programs of {id} print …"));
            update_beliefs(&grader, &Lesson::load(&grader.course, id)?)?;
        }
        screen::passing("");
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
    out.extend(found.findings.iter().map(|finding| finding_line(finding)));
    out
}
