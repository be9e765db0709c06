//! The lessons as a table, and as JSON: what they are worth, how long they take, and how far a student is.

use anstyle::{AnsiColor, Style};
use grader::course::LessonId;
use grader::words::{Lang, Text};
use serde_json::{Value, json};
use std::fmt::Write as _;
use unicode_width::UnicodeWidthStr;

/// A lesson, and how far a student is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Which lesson.
    pub id: LessonId,
    /// What it is called.
    pub title: Text,
    /// The points of the newest verdict.
    pub score: u64,
    /// The points that can be earned now.
    pub points: u64,
    /// About how long a student needs, in minutes.
    pub minutes: u64,
    /// How far the student is.
    pub state: State,
}

/// How far a student is in a lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It was never checked.
    Untouched,
    /// It was checked, and never had full marks.
    Begun,
    /// It had full marks.
    Passed {
        /// The source is another one now.
        changed: bool,
        /// The lesson has been given other checks since its newest verdict.
        more_checks: bool,
    },
}

const FAINT: Style = Style::new().dimmed();
const STRONG: Style = Style::new().bold();

/// A line a lesson, and the sums. `marked` is the lesson that the student is at, if one is to be pointed out.
pub fn table(rows: &[Row], marked: Option<&LessonId>, width: usize, lang: Lang) -> String {
    let slugs = rows.iter().map(|row| row.id.slug.width()).max().unwrap_or(0);
    let (lesson, points, minutes) = match lang {
        Lang::En => ("lesson", "points", "min"),
        Lang::Ru => ("урок", "баллы", "мин"),
    };
    let mut out = String::new();
    let gap = " ".repeat(slugs);
    let head = format!("   {lesson:<9}  {gap}  {points:>7}  {minutes:>3}");
    let _ = writeln!(out, "{FAINT}{}{FAINT:#}", head.trim_end());
    for row in rows {
        let (sign, style) = match row.state {
            State::Untouched => ("·", FAINT),
            State::Begun => ("…", AnsiColor::Yellow.on_default()),
            State::Passed { .. } => ("✓", AnsiColor::Green.on_default().bold()),
        };
        let here = if Some(&row.id) == marked { "›" } else { " " };
        let pad = " ".repeat(slugs - row.id.slug.width());
        let title = shorten(row.title.get(lang), width.saturating_sub(slugs + 34));
        let _ = writeln!(
            out,
            "{here}{style}{sign}{style:#} {STRONG}{}{STRONG:#}  {}{pad}  {:>3}/{:<3}  {:>3}  {title}",
            row.id, row.id.slug, row.score, row.points, row.minutes
        );
        // A line of its own, so that nothing is cut off at the edge of a narrow screen.
        if let Some(remark) = remark(row.state, lang) {
            let _ = writeln!(out, "              {FAINT}{remark}{FAINT:#}");
        }
    }
    let sum = |of: fn(&Row) -> u64| rows.iter().map(of).sum::<u64>();
    let passed = rows.iter().filter(|row| matches!(row.state, State::Passed { .. })).count();
    let left: u64 = rows.iter().filter(|row| !matches!(row.state, State::Passed { .. })).map(|row| row.minutes).sum();
    let (score, points) = (sum(|row| row.score), sum(|row| row.points));
    let said = match lang {
        Lang::En => format!(
            "{passed} of {} lessons, {score} of {points} points, about {} h to go",
            rows.len(),
            left.div_ceil(60)
        ),
        Lang::Ru => format!(
            "{passed} из {} уроков, {score} из {points} баллов, впереди около {} ч",
            rows.len(),
            left.div_ceil(60)
        ),
    };
    let _ = writeln!(out, "\n{said}");
    out
}

fn remark(state: State, lang: Lang) -> Option<&'static str> {
    match state {
        State::Passed { more_checks: true, .. } => {
            Some(lang.pick("has other checks now than when it passed", "с тех пор, как пройден, проверки изменились"))
        }
        State::Passed { changed: true, .. } => {
            Some(lang.pick("changed since it passed", "изменён с тех пор, как пройден"))
        }
        _ => None,
    }
}

/// The rows as JSON. The form is described in `xtask/JSON.md`.
pub fn json(rows: &[Row]) -> Value {
    json!({ "schema": "yield-to-await/lessons/v1", "lessons": rows.iter().map(row_json).collect::<Vec<_>>() })
}

/// One row as JSON.
pub fn row_json(row: &Row) -> Value {
    let (changed, more_checks) = match row.state {
        State::Passed { changed, more_checks } => (changed, more_checks),
        _ => (false, false),
    };
    json!({
        "lesson": row.id.to_string(),
        "slug": row.id.slug,
        "folder": format!("lessons/{}", row.id.folder()),
        "title": { "en": row.title.en, "ru": row.title.ru },
        "score": row.score,
        "points": row.points,
        "minutes": row.minutes,
        "state": match row.state {
            State::Untouched => "untouched",
            State::Begun => "begun",
            State::Passed { .. } => "passed",
        },
        "changed_since_it_passed": changed,
        "other_checks_since_it_passed": more_checks,
    })
}

/// The text in so many cells at most, with a sign where it was cut.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn row(number: u32, state: State) -> Row {
        Row {
            id: LessonId { number, slug: "timeit".to_owned() },
            title: Text { en: "A generator as a context manager".to_owned(), ru: "Генератор".to_owned() },
            score: 130,
            points: 130,
            minutes: 35,
            state,
        }
    }

    #[test]
    fn a_table_fits_its_width_and_says_what_changed() {
        let rows = [
            row(5, State::Passed { changed: true, more_checks: false }),
            row(6, State::Passed { changed: true, more_checks: true }),
            row(7, State::Begun),
            row(8, State::Untouched),
        ];
        for (lang, width) in [(Lang::En, 60), (Lang::Ru, 80)] {
            let text = anstream::adapter::strip_str(&table(&rows, Some(&rows[2].id), width, lang)).to_string();
            assert!(text.lines().all(|line| line.width() <= width), "{text}");
            assert!(text.contains("› … lesson-07") || text.contains("›… lesson-07"), "{text}");
        }
        let text = anstream::adapter::strip_str(&table(&rows, None, 100, Lang::En)).to_string();
        assert!(text.contains("changed since it passed") && text.contains("has other checks now"), "{text}");
        assert!(text.ends_with("2 of 4 lessons, 520 of 520 points, about 2 h to go\n"), "{text}");
    }
}
