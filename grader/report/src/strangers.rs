//! The text of strangers, made harmless before it is shown: what a submission prints, panics with, calls its files and
//! types, or makes the compiler say.
//!
//! A terminal, a workflow log or a page takes some characters for commands. Each of those is written out as Rust writes it,
//! so that it is seen and does nothing. Views are given a tamed report; JSON is data and keeps what came.

use grader::build::{Diagnostic, Place};
use grader::outcome::{CheckReport, Failure, Outcome, Reason, Report};
use grader::tried::Came;
use interleave::wire::{Broken, What};

/// The report with every text that a submission can have a part in made harmless.
pub fn tame(report: &Report) -> Report {
    let mut tamed = report.clone();
    tamed.source = line(&report.source);
    tamed.ignored = report.ignored.iter().map(|name| line(name)).collect();
    tamed.fault = report.fault.as_deref().map(text);
    if let Some(unreadable) = &mut tamed.unreadable {
        unreadable.path = line(&unreadable.path);
    }
    tamed.errors = diagnostics(&report.errors);
    for check in &mut tamed.checks {
        check_report(check);
    }
    tamed
}

fn check_report(check: &mut CheckReport) {
    match &mut check.outcome {
        Outcome::Failed(Failure::Transcript { expected, got, panicked_at, .. }) => {
            *expected = text(expected);
            *got = text(got);
            *panicked_at = panicked_at.as_deref().map(line);
        }
        Outcome::Failed(Failure::Schedule(broken)) => schedule(broken),
        Outcome::Failed(Failure::OwnTests(tried)) => {
            for it in tried {
                if let Came::Failed { test, message, at } = &mut it.came {
                    [test, message, at].into_iter().for_each(|text| *text = line(text));
                }
            }
        }
        Outcome::NotRun(Reason::NotExplored(why)) => *why = line(why),
        Outcome::Failed(Failure::Todo { at }) => *at = line(at),
        Outcome::Failed(Failure::Accepted { said, .. } | Failure::Rejected { said, .. })
        | Outcome::NotRun(Reason::DoesNotFit(said)) => *said = diagnostics(said),
        Outcome::Fault(fault) => {
            fault.got = text(&fault.got);
            fault.stderr = text(&fault.stderr);
        }
        Outcome::GraderFault(why) => *why = text(why),
        Outcome::Passed | Outcome::NotRun(_) => {}
    }
}

/// Its words are a submission's where threads have names and panics have messages; the rest could be forged.
fn schedule(broken: &mut Broken) {
    let tame = |text: &mut String| *text = line(text);
    tame(&mut broken.printed);
    match &mut broken.what {
        What::Deadlock(all) | What::Leak(all) | What::Livelock { busy: all, .. } => {
            for it in all {
                [&mut it.place.file, &mut it.what].into_iter().chain(&mut it.name).chain(&mut it.object).for_each(tame);
            }
        }
        What::Panic { message, place } => {
            [message].into_iter().chain(place.as_mut().map(|place| &mut place.file)).for_each(tame);
        }
        What::Promise { text, place } => [text, &mut place.file].into_iter().for_each(tame),
    }
    for step in &mut broken.steps {
        let words = [&mut step.place.file, &mut step.what].into_iter();
        words.chain(&mut step.name).chain(&mut step.object).chain(&mut step.value).for_each(tame);
    }
}

fn diagnostics(all: &[Diagnostic]) -> Vec<Diagnostic> {
    let tamed = |said: &Diagnostic| Diagnostic {
        code: said.code.as_deref().map(line),
        headline: text(&said.headline),
        place: said.place.as_ref().map(|place| Place { file: line(&place.file), ..place.clone() }),
        rendered: coloured(&said.rendered),
    };
    all.iter().map(tamed).collect()
}

/// A text of one line.
pub fn line(text: &str) -> String {
    escaped(text, |c| c == '\t')
}

/// A text of several lines.
pub fn text(text: &str) -> String {
    escaped(text, |c| matches!(c, '\t' | '\n'))
}

/// The compiler's text with its colours, and no other command to a terminal.
fn coloured(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("\u{1b}[") {
        let (before, from) = rest.split_at(at);
        out += &self::text(before);
        let parameters = from[2..].bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b';').count();
        let length = 2 + parameters;
        if from[length..].starts_with('m') {
            out += &from[..=length];
            rest = &from[length + 1..];
        } else {
            out += "\\u{1b}";
            rest = &from[1..];
        }
    }
    out + &self::text(rest)
}

fn escaped(text: &str, kept: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_a_command(c) && !kept(c) { out.extend(c.escape_unicode()) } else { out.push(c) }
    }
    out
}

/// Whether a terminal or a reader of text may obey it: control characters of both sets, what turns the direction of
/// writing, and line ends that are no line feeds.
fn is_a_command(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
        )
}

/// A line of a workflow's log without what the runner takes for a command wherever it stands.
pub fn inert_in_a_log(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.replace("##[", "## [").chars() {
        // Between any two, of however many: three hold two pairs.
        if c == ':' && out.ends_with(':') {
            out.push(' ');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_written_out() {
        assert_eq!(line("a\u{1b}[2Jb\u{9b}c\u{7}\nЖ\t\u{202e}"), "a\\u{1b}[2Jb\\u{9b}c\\u{7}\\u{a}Ж\t\\u{202e}");
        assert_eq!(text("a\r\nb"), "a\\u{d}\nb");
    }

    #[test]
    fn no_command_is_left_of_any_number_of_colons() {
        assert_eq!(inert_in_a_log(":::error::::x ###[y"), ": : :error: : : :x ### [y");
    }

    #[test]
    fn of_the_compilers_text_only_colours_are_left() {
        let rendered = "\u{1b}[1m\u{1b}[38;5;9merror\u{1b}[0m: \u{1b}]0;title\u{7}\u{1b}[2Jx\u{1b}[";
        assert_eq!(
            coloured(rendered),
            "\u{1b}[1m\u{1b}[38;5;9merror\u{1b}[0m: \\u{1b}]0;title\\u{7}\\u{1b}[2Jx\\u{1b}["
        );
    }
}
