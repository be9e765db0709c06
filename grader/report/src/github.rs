//! A report for GitHub Actions: annotations at the student's own lines, and the step's summary.
//!
//! The format is that of the workflow commands: `::error file=,line=,title=::message`, with `%`, CR and LF escaped,
//! and `:` and `,` as well inside of properties. GitHub shows ten errors a step.

use super::strangers::inert_in_a_log;
use super::{own_tests, phrases, schedule};
use grader::build::{Diagnostic, Place};
use grader::lesson::Lesson;
use grader::outcome::{CheckReport, Failure, Outcome, Reason, Report};
use grader::words::Lang;
use std::fmt::Write as _;

/// Errors that GitHub shows of a step; the rest would be dropped without a word.
const MOST: usize = 10;
/// Bytes that GitHub takes of a step's summary.
const MOST_SUMMARY: usize = 1024 * 1024;

/// The annotations, a command a line. All reports of a step together keep to what GitHub shows.
pub fn annotations(reports: &[(&Report, &Lesson)], lang: Lang) -> String {
    let mut lines = Vec::new();
    for (report, lesson) in reports {
        if report.fault.is_some() {
            lines.push(command(&report.lesson, None, &phrases::not_graded(report, lang)));
            continue;
        }
        for error in &report.errors {
            lines.push(of_diagnostic(report, error));
        }
        if let Some(unreadable) = &report.unreadable {
            lines.push(command(&report.lesson, Some((&unreadable.path, None)), &phrases::unreadable(unreadable, lang)));
        }
        if report.compiler_bomb.is_some() {
            lines.push(command(&report.lesson, Some((&report.source, None)), phrases::compiler_bomb(lang)));
        }
        for check in report.checks.iter().filter(|check| worth_a_line(&check.outcome)) {
            lines.push(of_check(report, check, lesson, lang));
        }
    }
    let more = lines.len().saturating_sub(MOST);
    if more > 0 {
        lines.truncate(MOST - 1);
        let text = lang.pick("more failures are in the step's summary", "остальные ошибки — в сводке шага");
        lines.push(command("…", None, &format!("{}: {text}", more + 1)));
    }
    lines.concat()
}

fn worth_a_line(outcome: &Outcome) -> bool {
    !matches!(
        outcome,
        Outcome::Passed | Outcome::NotRun(Reason::Blocked(_) | Reason::DoesNotCompile | Reason::NoSubmission)
    )
}

fn of_diagnostic(report: &Report, error: &Diagnostic) -> String {
    let code = error.code.as_ref().map_or(String::new(), |code| format!(" {code}"));
    let at = error.place.as_ref().map(|place| (place.file.as_str(), Some(place)));
    command(&format!("{}{code}", report.lesson), at.or(Some((&report.source, None))), &error.headline)
}

fn of_check(report: &Report, check: &CheckReport, lesson: &Lesson, lang: Lang) -> String {
    let place = check.outcome.place();
    let at = match &place {
        Some(place) if !place.file.starts_with("grader/") => (place.file.as_str(), Some(place)),
        _ => (report.source.as_str(), None),
    };
    let mut message = phrases::what_happened(check, lang);
    if let Outcome::Failed(Failure::Transcript { expected, got, .. }) = &check.outcome
        && let Some((expected, got)) = first_difference(expected, got)
    {
        let _ = write!(
            message,
            "\n{}: {expected}\n{}: {got}",
            lang.pick("expected", "ожидалось"),
            lang.pick("yours", "у вас")
        );
    }
    if let Some(meaning) = phrases::what_it_means(check, lesson, lang) {
        let _ = write!(message, "\n{meaning}");
    }
    command(&format!("{} · {}", report.lesson, check.id), Some(at), &message)
}

fn first_difference<'a>(expected: &'a str, got: &'a str) -> Option<(&'a str, &'a str)> {
    let (mut expected, mut got) = (expected.lines(), got.lines());
    loop {
        match (expected.next(), got.next()) {
            (None, None) => return None,
            (a, b) if a == b => {}
            (a, b) => return Some((a.unwrap_or("—"), b.unwrap_or("—"))),
        }
    }
}

fn command(title: &str, at: Option<(&str, Option<&Place>)>, message: &str) -> String {
    let mut properties = String::new();
    if let Some((file, place)) = at {
        let _ = write!(properties, "file={},", property(file));
        if let Some(place) = place {
            let _ = write!(properties, "line={},endLine={},col={},", place.line, place.end_line, place.column);
            if place.end_column > place.column {
                let _ = write!(properties, "endColumn={},", place.end_column);
            }
        }
    }
    format!("::error {properties}title={}::{}\n", property(title), data(message))
}

fn data(text: &str) -> String {
    // The older form of a command is obeyed wherever it stands in a line.
    text.replace("##[", "## [").replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// The summary, in Markdown: a table a lesson, and what failed below it. Cut to what GitHub takes.
pub fn summary(reports: &[(&Report, &Lesson)], lang: Lang) -> String {
    let mut out = String::new();
    for (report, lesson) in reports {
        let _ =
            writeln!(out, "### {} · {} — {}\n", report.lesson, lesson.title.get(lang), phrases::score(report, lang));
        let made_by = &report.made_by;
        let _ = writeln!(out, "{}: {}{}\n", lang.pick("held by", "изоляция"), made_by.isolation.0, seed(report, lang));
        if report.fault.is_some() {
            let _ = writeln!(out, "{}\n", html(&phrases::not_graded(report, lang)));
            continue;
        }
        if let Some(unreadable) = &report.unreadable {
            let _ = writeln!(out, "{}\n", html(&phrases::unreadable(unreadable, lang)));
        }
        if report.compiler_bomb.is_some() {
            let _ = writeln!(out, "{}\n", phrases::compiler_bomb(lang));
        }
        for error in &report.errors {
            let _ = writeln!(out, "{}", fenced(&without_escapes(&error.rendered)));
        }
        if report.does_not_compile() {
            continue;
        }
        let _ = writeln!(
            out,
            "| | {} | {} | {} |\n|---|---|---|--:|",
            lang.pick("check", "проверка"),
            lang.pick("what it holds", "что проверяет"),
            lang.pick("points", "баллы")
        );
        for check in &report.checks {
            let passed = check.outcome == Outcome::Passed;
            let title = lesson.check(&check.id).map_or("", |check| check.title.get(lang));
            let earned = if passed { check.points } else { 0 };
            let sign = if passed { "✅" } else { "❌" };
            let _ = writeln!(out, "| {sign} | `{}` | {} | {earned}/{} |", check.id, cell(title), check.points);
        }
        let _ = writeln!(out);
        for check in report.checks.iter().filter(|check| worth_a_line(&check.outcome)) {
            details(&mut out, check, lesson, lang);
        }
    }
    if out.len() > MOST_SUMMARY {
        let mut end = MOST_SUMMARY - 64;
        while !out.is_char_boundary(end) {
            end -= 1;
        }
        out.truncate(end);
        out.push_str("\n\n…\n");
    }
    out
}

/// The seed of the run, if it was not a public one: with it a student can repeat what was asked.
fn seed(report: &Report, lang: Lang) -> String {
    let Some(seed) = report.made_by.seed else { return String::new() };
    format!(
        ", {} `cargo xtask check {} --seed {seed}`",
        lang.pick("the same inputs:", "те же входные данные:"),
        report.lesson
    )
}

/// Text in a workflow's log, from which the runner takes no command. `token` is one that nobody can foresee.
pub fn in_a_log(text: &str, token: &str) -> String {
    format!("::stop-commands::{token}\n{}::{token}::\n", inert_in_a_log(text))
}

fn details(out: &mut String, check: &CheckReport, lesson: &Lesson, lang: Lang) {
    let _ = writeln!(
        out,
        "<details><summary><code>{}</code>: {}</summary>\n",
        check.id,
        html(&phrases::what_happened(check, lang))
    );
    match &check.outcome {
        Outcome::Failed(Failure::Transcript { expected, got, .. }) => {
            let diff = similar::TextDiff::from_lines(expected.as_str(), got.as_str());
            let body: String =
                diff.iter_all_changes().map(|change| format!("{}{}", change.tag(), change.value())).collect();
            let _ = writeln!(out, "{}", fenced_as("diff", &body));
        }
        Outcome::Failed(Failure::Schedule(broken)) => {
            let _ = writeln!(out, "{}", fenced(&schedule::picture(broken, lang, schedule::WIDTH)));
        }
        Outcome::Failed(Failure::OwnTests(tried)) => {
            let _ = writeln!(out, "{}", fenced(&own_tests::table(tried, lang)));
        }
        Outcome::Fault(fault) => {
            let _ = writeln!(out, "{}", fenced(&fault.got));
        }
        outcome => {
            for said in outcome.diagnostics() {
                let _ = writeln!(out, "{}", fenced(&without_escapes(&said.rendered)));
            }
        }
    }
    let promises = lesson.check(&check.id).map_or(Vec::new(), |check| lesson.promises(check, lang));
    for promise in promises {
        let _ = writeln!(out, "> {promise}\n");
    }
    if let Some(meaning) = phrases::what_it_means(check, lesson, lang) {
        let _ = writeln!(out, "{meaning}\n");
    }
    let _ = writeln!(out, "</details>\n");
}

fn fenced(text: &str) -> String {
    fenced_as("text", text)
}

/// A code block whose fence is longer than any run of backticks in it: a student's output can't end it.
pub(crate) fn fenced_as(language: &str, text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let newline = if text.ends_with('\n') { "" } else { "\n" };
    format!("{fence}{language}\n{text}{newline}{fence}\n")
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// Text in a line of a page, with nothing in it that HTML or Markdown takes for more.
pub(crate) fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push(' '),
            '&' | '<' | '>' | '`' | '~' | '[' | ']' | '*' | '_' | '#' | '|' | '\\' => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

pub(crate) fn without_escapes(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        out.push_str(before);
        rest = after.split_once('m').map_or("", |(_, rest)| rest);
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_command_is_escaped() {
        assert_eq!(
            command("a:b,c", Some(("src/x,y.rs", None)), "100%\nnext ::error::##[x]"),
            "::error file=src/x%2Cy.rs,title=a%3Ab%2Cc::100%25%0Anext ::error::## [x]\n"
        );
    }

    #[test]
    fn a_log_line_commands_nothing() {
        let said = in_a_log("✗ it panicked: ##[error]x ::set-output name=a::b\n", "t0ken");
        assert_eq!(said, "::stop-commands::t0ken\n✗ it panicked: ## [error]x : :set-output name=a: :b\n::t0ken::\n");
    }

    #[test]
    fn a_fence_holds_whatever_is_in_it() {
        assert_eq!(fenced("``` x"), "````text\n``` x\n````\n");
    }

    /// A path may begin a line of the page.
    #[test]
    fn a_line_opens_neither_a_fence_nor_a_link() {
        assert_eq!(html("```a\n~~~[x](y)<b>&"), "&#96;&#96;&#96;a &#126;&#126;&#126;&#91;x&#93;(y)&#60;b&#62;&#38;");
    }

    #[test]
    fn colours_are_taken_out() {
        assert_eq!(without_escapes("\u{1b}[1m\u{1b}[31merror\u{1b}[0m: x"), "error: x");
    }
}
