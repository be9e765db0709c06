//! Several lessons at once: a line each, and the sum.

use crate::phrases;
use anstyle::AnsiColor;
use grader::lesson::Lesson;
use grader::outcome::Report;
use grader::words::Lang;
use std::fmt::Write as _;

/// A line a lesson with what to mend first, and the points of all together.
pub fn lines(reports: &[(&Report, &Lesson)], lang: Lang) -> String {
    let (good, bad) = (AnsiColor::Green.on_default().bold(), AnsiColor::Red.on_default().bold());
    let mut out = String::new();
    for (report, lesson) in reports {
        let (sign, style) = match report {
            report if report.full_marks() => ("✓", good),
            report if report.grader_failed() => ("!", AnsiColor::Yellow.on_default().bold()),
            _ => ("✗", bad),
        };
        let what = match report.first_to_mend() {
            _ if report.fault.is_some() => phrases::not_graded(report, lang),
            _ if report.unreadable.is_some() => {
                lang.pick("there is nothing to compile", "компилировать нечего").to_owned()
            }
            _ if report.does_not_compile() => lang.pick("does not compile", "не компилируется").to_owned(),
            Some(check) => format!("{}: {}", check.id, phrases::what_happened(check, lang)),
            None => String::new(),
        };
        let name = format!("{} {}", report.lesson, lesson.id.slug);
        let line = format!("{style}{sign}{style:#} {name:<28} {:>3}/{:<3} {what}", report.score(), report.points());
        let _ = writeln!(out, "{}", line.trim_end());
    }
    let sum = |of: fn(&Report) -> u64| reports.iter().map(|(report, _)| of(report)).sum::<u64>();
    let label = lang.pick("together", "всего");
    let _ = writeln!(out, "\n{label} {}/{}", sum(Report::score), sum(Report::points));
    out
}
