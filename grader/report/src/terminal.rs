//! The verdict on the screen: one screen, the first failing check in full, and what to do next.
//!
//! The text carries its colours as ANSI escapes; whoever prints it takes them out where they don't belong.

use super::diff::{RowKind, rows};
use super::{own_tests, phrases, schedule};
use anstyle::{AnsiColor, Style};
use grader::lesson::Lesson;
use grader::outcome::{CheckReport, Failure, Fault, Outcome, Reason, Report};
use grader::transcript::is_mark;
use grader::words::Lang;
use std::fmt::Write as _;
use unicode_width::UnicodeWidthStr;

/// How a verdict is shown.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// The language of its texts.
    pub lang: Lang,
    /// Cells from the left edge to the right.
    pub width: usize,
    /// Whether lines are never cut: a pipe has no width.
    pub whole_lines: bool,
    /// The path of the README to send the student to, and the heading in it.
    pub readme: (&'a str, &'a str),
    /// The command that gives the same verdict again.
    pub again: &'a str,
    /// Whether this is the stored verdict of unchanged source.
    pub stored: bool,
}

const GOOD: Style = AnsiColor::Green.on_default().bold();
const BAD: Style = AnsiColor::Red.on_default().bold();
const FAINT: Style = Style::new().dimmed();
const STRONG: Style = Style::new().bold();

/// How many rows of a transcript are shown at most, so that the verdict stays on one screen.
const MOST_ROWS: usize = 18;
/// How many lines of the compiler's are shown at most.
const MOST_COMPILER_LINES: usize = 40;

/// The verdict as text.
pub fn verdict(report: &Report, lesson: &Lesson, view: &View<'_>) -> String {
    let mut out = String::new();
    let lang = view.lang;
    heading(&mut out, report, lesson, view);
    if report.fault.is_some() {
        paragraph(&mut out, &sentence(&phrases::not_graded(report, lang)), view.width);
    } else if report.does_not_compile() {
        does_not_compile(&mut out, report, view);
    } else {
        for check in &report.checks {
            line(&mut out, check, lesson, view);
        }
        if let Some(check) = report.first_to_mend() {
            detail(&mut out, check, lesson, view);
        }
    }
    if !report.ignored.is_empty() {
        let label = lang.pick("Not taken (only Rust files are): ", "Не взято (берутся только файлы Rust): ");
        let _ = writeln!(out, "\n{FAINT}{label}{}{FAINT:#}", some(&report.ignored));
    }
    next(&mut out, report, view);
    out
}

fn heading(out: &mut String, report: &Report, lesson: &Lesson, view: &View<'_>) {
    let (score, title) = (phrases::score(report, view.lang), lesson.title.get(view.lang));
    let name = format!("{} {}", report.lesson, lesson.id.slug);
    let style = if report.full_marks() { GOOD } else { BAD };
    let plain = format!("{name} · {title}");
    let room = view.width.saturating_sub(score.width() + 2);
    let _ = if plain.width() > room {
        writeln!(out, "{STRONG}{name}{STRONG:#} · {style}{score}{style:#}\n{title}")
    } else {
        let gap = " ".repeat(room - plain.width() + 2);
        writeln!(out, "{STRONG}{name}{STRONG:#} · {title}{gap}{style}{score}{style:#}")
    };
    if view.stored {
        let text = view.lang.pick(
            "Nothing changed since the last check: this is its verdict.",
            "С прошлой проверки ничего не изменилось: вот её вердикт.",
        );
        let _ = writeln!(out, "{FAINT}{text}{FAINT:#}");
    }
    let _ = writeln!(out);
}

/// One line a check: sign, id, claim, points.
fn line(out: &mut String, check: &CheckReport, lesson: &Lesson, view: &View<'_>) {
    let (sign, style, earned) = match &check.outcome {
        Outcome::Passed => ("✓", GOOD, check.points),
        Outcome::NotRun(_) => ("·", FAINT, 0),
        Outcome::GraderFault(_) => ("!", AnsiColor::Yellow.on_default().bold(), 0),
        Outcome::Failed(_) | Outcome::Fault(_) => ("✗", BAD, 0),
    };
    let ids = lesson.checks.iter().map(|check| check.id.width()).max().unwrap_or(0);
    let title = match &check.outcome {
        Outcome::NotRun(Reason::Blocked(_)) => phrases::what_happened(check, view.lang),
        _ => lesson.check(&check.id).map_or(String::new(), |check| check.title.get(view.lang).to_owned()),
    };
    let covered = check.explored.map_or(String::new(), |it| format!(" · {}", phrases::coverage(it, view.lang)));
    let points = format!("{earned:>3}/{:<2}", check.points);
    let room = view.width.saturating_sub(ids + points.width() + 7);
    let title = shorten(&title, room.saturating_sub(covered.width())) + &covered;
    let fill = " ".repeat(room.saturating_sub(title.width()));
    let pad = " ".repeat(ids - check.id.width());
    let _ = writeln!(out, "  {style}{sign}{style:#} {}{pad}  {FAINT}{title}{FAINT:#}{fill} {points}", check.id);
}

/// The first check to mend, in full.
fn detail(out: &mut String, check: &CheckReport, lesson: &Lesson, view: &View<'_>) {
    let lang = view.lang;
    let title = lesson.check(&check.id).map_or("", |check| check.title.get(lang));
    let _ = writeln!(out, "\n{BAD}✗ {}{BAD:#} · {title}", check.id);
    paragraph(out, &sentence(&phrases::what_happened(check, lang)), view.width);
    if let Some(place) = check.outcome.place() {
        let _ = writeln!(out, "    {STRONG}{}:{}{STRONG:#}", place.file, place.line);
    }
    match &check.outcome {
        Outcome::Failed(Failure::Transcript { seed, expected, got, .. }) => {
            side_by_side(out, expected, got, *seed, view);
        }
        Outcome::Failed(Failure::Schedule(broken)) => {
            let _ = writeln!(out);
            for line in schedule::picture(broken, lang, view.width.saturating_sub(4)).lines() {
                let _ = writeln!(out, "    {line}");
            }
        }
        Outcome::Failed(Failure::OwnTests(tried)) => {
            let _ = writeln!(out);
            for line in own_tests::table(tried, lang).lines() {
                let style = if line.starts_with('✓') { GOOD } else { BAD };
                let _ =
                    writeln!(out, "    {style}{}{style:#}", shorten(&printable(line), view.width.saturating_sub(4)));
            }
        }
        Outcome::Fault(fault) => last_steps(out, fault, view),
        outcome => compiler_lines(out, outcome.diagnostics().iter().map(|said| said.rendered.as_str())),
    }
    let promises = lesson.check(&check.id).map_or(Vec::new(), |check| lesson.promises(check, lang));
    if !promises.is_empty() {
        let _ = writeln!(out, "\n  {STRONG}{}{STRONG:#}", lang.pick("The task says:", "В условии сказано:"));
        for promise in promises {
            paragraph(out, &format!("– {promise}"), view.width);
        }
    }
    if let Some(meaning) = phrases::what_it_means(check, lesson, lang) {
        let _ = writeln!(out);
        for part in meaning.lines() {
            paragraph(out, part, view.width);
        }
    }
}

fn side_by_side(out: &mut String, expected: &str, got: &str, seed: u64, view: &View<'_>) {
    let longest = || expected.lines().chain(got.lines()).map(UnicodeWidthStr::width).max().unwrap_or(0);
    let width = (view.width.saturating_sub(7) / 2).max(12);
    let width = if view.whole_lines { width.max(longest()) } else { width };
    let (left, right) = view.lang.pick("expected|yours", "ожидалось|у вас").split_once('|').unwrap_or_default();
    let seed = if seed == 0 { String::new() } else { format!("   (seed {seed})") };
    let _ = writeln!(
        out,
        "\n    {STRONG}{left}{}{STRONG:#}  {STRONG}{right}{STRONG:#}{FAINT}{seed}{FAINT:#}",
        fill(left, width)
    );
    for row in rows(expected, got, width, MOST_ROWS) {
        let (sign, style) = match row.kind {
            RowKind::Same => (" ", Style::new()),
            RowKind::Differs => ("≠", BAD),
            RowKind::Missing => ("−", BAD),
            RowKind::Extra => ("+", BAD),
            RowKind::Caret | RowKind::Continued => (" ", BAD),
            RowKind::Gap | RowKind::Rest => ("…", FAINT),
        };
        if row.kind == RowKind::Rest {
            let text = never_came(&row.expected, view.lang);
            let _ = writeln!(out, "  {style}{sign} {text}{style:#}");
            continue;
        }
        let left = if is_mark(&row.expected) && row.kind == RowKind::Same { FAINT } else { style };
        let gap = if row.expected.is_empty() && row.kind == RowKind::Gap { "" } else { " " };
        let _ = write!(out, "  {style}{sign}{style:#}{gap}{left}{}{left:#}", row.expected);
        let _ = match row.kind {
            RowKind::Same | RowKind::Gap | RowKind::Rest => writeln!(out),
            RowKind::Missing => writeln!(out, "{}  {FAINT}—{FAINT:#}", fill(&row.expected, width)),
            RowKind::Extra => writeln!(out, "{FAINT}—{FAINT:#}{}{style}{}{style:#}", fill("", width + 1), row.got),
            RowKind::Differs | RowKind::Caret | RowKind::Continued => {
                writeln!(out, "{}  {style}{}{style:#}", fill(&row.expected, width), row.got)
            }
        };
    }
}

/// How many more of the expected lines never came.
fn never_came(count: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("and {count} more lines that never came"),
        Lang::Ru => format!("и ещё строк, которых так и не было: {count}"),
    }
}

/// Where a run was when it broke: the end of its transcript, and of what it said to standard error.
fn last_steps(out: &mut String, fault: &Fault, view: &View<'_>) {
    let label = view.lang.pick("The last that was seen", "Последнее, что было видно");
    let seed = if fault.seed == 0 { String::new() } else { format!("   (seed {})", fault.seed) };
    let lines: Vec<&str> = fault.got.lines().collect();
    let _ = writeln!(out, "\n    {STRONG}{label}{STRONG:#}{FAINT}{seed}{FAINT:#}");
    for line in &lines[lines.len().saturating_sub(6)..] {
        let _ = writeln!(out, "    {}", shorten(line, view.width.saturating_sub(4)));
    }
    if lines.is_empty() {
        let _ = writeln!(out, "    {FAINT}{}{FAINT:#}", view.lang.pick("nothing was printed", "ничего не напечатано"));
    }
    if !fault.stderr.trim().is_empty() {
        let _ = writeln!(out, "\n    {STRONG}stderr{STRONG:#}");
        for line in fault.stderr.lines() {
            let _ = writeln!(out, "    {}", shorten(&printable(line), view.width.saturating_sub(4)));
        }
    }
}

fn does_not_compile(out: &mut String, report: &Report, view: &View<'_>) {
    if let Some(unreadable) = &report.unreadable {
        paragraph(out, &phrases::unreadable(unreadable, view.lang), view.width);
    }
    if report.compiler_bomb.is_some() {
        paragraph(out, phrases::compiler_bomb(view.lang), view.width);
    }
    if !report.errors.is_empty() {
        let text = view.lang.pick(
            "It does not compile, so no check was run:",
            "Код не компилируется, поэтому проверки не запускались:",
        );
        let _ = writeln!(out, "{BAD}✗{BAD:#} {text}");
        compiler_lines(out, report.errors.iter().map(|error| error.rendered.as_str()));
    }
}

/// The compiler's own text, once, cut where it would fill the screen.
fn compiler_lines<'a>(out: &mut String, rendered: impl Iterator<Item = &'a str>) {
    let mut all: Vec<&str> = rendered.flat_map(str::lines).collect();
    // The compiler leaves a line free after each of its messages, and so do we.
    if all.last().is_some_and(|line| line.is_empty()) {
        all.pop();
    }
    if all.is_empty() {
        return;
    }
    let _ = writeln!(out);
    for line in all.iter().take(MOST_COMPILER_LINES) {
        let _ = writeln!(out, "{line}");
    }
    if all.len() > MOST_COMPILER_LINES {
        let _ = writeln!(out, "{FAINT}… +{}{FAINT:#}", all.len() - MOST_COMPILER_LINES);
    }
}

fn next(out: &mut String, report: &Report, view: &View<'_>) {
    let lang = view.lang;
    let _ = writeln!(out);
    if report.full_marks() {
        let text = lang
            .pick("All checks passed. On with: cargo xtask check", "Все проверки пройдены. Дальше: cargo xtask check");
        let _ = writeln!(out, "{GOOD}{text}{GOOD:#}");
        return;
    }
    let (hint, read, again) = match lang {
        Lang::En => ("hint ", "read ", "again"),
        Lang::Ru => ("подсказка", "прочесть ", "проверить"),
    };
    if !report.does_not_compile()
        && let Some(check) = report.first_to_mend()
        && !matches!(check.outcome, Outcome::GraderFault(_))
    {
        let _ = writeln!(out, "  {FAINT}{hint}{FAINT:#}  cargo xtask hint {} {}", report.lesson, check.id);
        let (path, section) = view.readme;
        let _ = writeln!(out, "  {FAINT}{read}{FAINT:#}  {path} § {section}");
    }
    let _ = writeln!(out, "  {FAINT}{again}{FAINT:#}  {}", view.again);
}

/// The first of the names, and how many more there are.
fn some(names: &[String]) -> String {
    const MOST: usize = 5;
    let first: Vec<String> = names.iter().take(MOST).map(|name| printable(name)).collect();
    let more = if names.len() > MOST { format!(" … +{}", names.len() - MOST) } else { String::new() };
    first.join(", ") + &more
}

fn fill(text: &str, width: usize) -> String {
    " ".repeat(width.saturating_sub(text.width()))
}

fn shorten(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    for c in text.chars() {
        if out.width() + 2 > width {
            break;
        }
        out.push(c);
    }
    out + "…"
}

/// A student's text without anything that a terminal could take for a command.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '·' } else { c }).collect()
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    let end = if text.ends_with(['.', ':', '!', '?']) { "" } else { "." };
    format!("{first}{}{end}", chars.as_str())
}

/// A paragraph, indented by two cells.
fn paragraph(out: &mut String, text: &str, width: usize) {
    for line in wrapped(&printable(text), width.saturating_sub(4).clamp(20, 100)).lines() {
        let _ = writeln!(out, "  {line}");
    }
}

/// The text with each of its lines broken so, those that are short enough as they are.
pub fn wrapped_lines(text: &str, width: usize) -> String {
    text.lines().map(|line| if line.width() <= width { format!("{line}\n") } else { wrapped(line, width) }).collect()
}

/// The text broken at spaces into lines of `width` cells; a word that is longer stands alone.
pub fn wrapped(text: &str, width: usize) -> String {
    let mut out = String::new();
    let mut cells = 0;
    for word in text.split_whitespace() {
        if cells > 0 && cells + 1 + word.width() > width {
            out.push('\n');
            cells = 0;
        } else if cells > 0 {
            out.push(' ');
            cells += 1;
        }
        out.push_str(word);
        cells += word.width();
    }
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_broken_at_spaces_and_nothing_is_lost() {
        assert_eq!(wrapped("aa bb  cc\ndd", 5), "aa bb\ncc dd\n");
        assert_eq!(wrapped("Обратный отсёт", 8), "Обратный\nотсёт\n");
        assert_eq!(wrapped("a-very-long-word b", 4), "a-very-long-word\nb\n");
    }

    #[test]
    fn what_a_student_prints_can_not_command_the_terminal() {
        assert_eq!(printable("\u{1b}[2Jx\u{7}"), "·[2Jx·");
    }
}
