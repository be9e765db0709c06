//! A student's report as Markdown.

use crate::github::{fenced_as, html};
use crate::shown::Shown;
use grader::words::Lang;
use std::fmt::Write as _;

/// The page. `name` is the student's, `notes` what was not taken and why, each in a line.
pub fn page(name: &str, lessons: &[Shown], notes: &[(String, String)], lang: Lang) -> String {
    let mut out = format!("# {}\n\n", html(name));
    if lessons.is_empty() {
        let _ = writeln!(out, "{}\n", lang.pick("Nothing was handed in.", "Ничего не сдано."));
    }
    for lesson in lessons {
        let score = lesson.score.map_or("?".to_owned(), |score| score.to_string());
        let _ = writeln!(out, "## {} · {}: {score}/{}\n", lesson.lesson, html(&lesson.title), lesson.points);
        if let Some(says) = &lesson.says {
            let _ = writeln!(out, "{}\n", html(says));
        }
        lesson.errors.iter().for_each(|error| out.push_str(&format!("{}\n", fenced_as("text", error))));
        if !lesson.checks.is_empty() {
            let _ = writeln!(out, "| | {} | |\n|---|---|--:|", lang.pick("check", "проверка"));
        }
        for check in &lesson.checks {
            let (sign, title) = (check.sign.character(), html(&check.title));
            let _ = writeln!(out, "| {sign} | `{}` {title} | {}/{} |", check.name, check.score, check.points);
        }
        out.push('\n');
        for check in lesson.checks.iter().filter(|check| check.says.is_some()) {
            let says = check.says.as_deref().unwrap_or_default();
            let _ = writeln!(out, "### {} {}\n\n{}\n", check.sign.character(), check.name, html(says));
            if let Some(detail) = &check.detail {
                let _ = writeln!(out, "{}", fenced_as("diff", detail));
            }
            if let Some(means) = &check.means {
                let _ = writeln!(out, "{}\n", html(means));
            }
        }
        let _ = writeln!(out, "{}\n", html(&lesson.made_by));
    }
    if !notes.is_empty() {
        let _ = writeln!(out, "## {}\n", lang.pick("Not taken", "Не взято"));
        notes.iter().for_each(|(path, why)| out.push_str(&format!("- {}: {}\n", html(path), html(why))));
    }
    out
}
