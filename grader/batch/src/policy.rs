//! What being late costs: a pure function of times, so that grades are made anew without running anything.

use crate::intake::{decoded, rows};
use grader::error::{Error, Result};
use grader::files;
use grader::manifest::{self, Node};
use jiff::{Timestamp, ZonedDateTime};
use std::collections::BTreeMap;
use std::path::Path;

/// When what is due, and what being late costs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policy {
    /// When a lesson is due that has no time of its own.
    pub due: Option<Timestamp>,
    /// When a lesson is due.
    pub lessons: BTreeMap<String, Timestamp>,
    /// How late nobody minds, in minutes.
    pub grace_minutes: u64,
    /// What each day that is begun costs, in percent of what was earned.
    pub percent_per_day: u64,
    /// What being late costs at most, in percent.
    pub percent_at_most: u64,
    /// After so many days nothing is left.
    pub closes_after_days: Option<u64>,
    /// How many lessons, those with the least, don't count.
    pub drop_lowest: u64,
}

/// Who has more time, or is excused.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extensions(Vec<Extension>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Extension {
    student: String,
    lesson: Option<String>,
    more: More,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum More {
    Until(Timestamp),
    Days(u64),
    Excused,
}

/// When students handed in, where their platform did not say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Times(Vec<(String, Option<String>, Timestamp)>);

/// What is left of what was earned, and why. All points are in hundredths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// What being late cost.
    pub penalty: u64,
    /// What is left; nothing for who is excused.
    pub last: Option<u64>,
    /// Why; empty where nothing is to be said.
    pub why: String,
}

const DAY: i64 = 24 * 60 * 60;

impl Policy {
    /// Reads `policy.toml`. Fails with file and line of what is wrong in it.
    pub fn read(path: &Path) -> Result<Policy> {
        manifest::parse_text(path, &files::read(path)?, |root| policy(&root))
            .map_err(|error| Error::Usage(error.to_string()))
    }

    /// What is left of `raw` hundredths for who handed a lesson in then.
    pub fn left(
        &self,
        extensions: &Extensions,
        who: &[&str],
        lesson: &str,
        handed: Option<Timestamp>,
        raw: u64,
    ) -> Left {
        let whole = |why: &str| Left { penalty: 0, last: Some(raw), why: why.to_owned() };
        let Some(mut due) = self.lessons.get(lesson).copied().or(self.due) else { return whole("") };
        for extension in extensions.0.iter().filter(|it| it.is_for(who, lesson)) {
            match extension.more {
                More::Excused => return Left { penalty: 0, last: None, why: format!("{lesson}: excused") },
                More::Until(until) => due = due.max(until),
                More::Days(days) => due = later(due, days),
            }
        }
        let Some(handed) = handed else { return whole(&format!("{lesson}: when it was handed in is not known")) };
        let late = handed.as_second() - due.as_second();
        if late <= (self.grace_minutes * 60).try_into().unwrap_or(i64::MAX) {
            return whole("");
        }
        let days = u64::try_from((late + DAY - 1) / DAY).unwrap_or(0);
        let percent = match self.closes_after_days {
            Some(most) if days > most => 100,
            _ => days.saturating_mul(self.percent_per_day).min(self.percent_at_most),
        };
        // In the student's favour where a hundredth is to be cut.
        let penalty = raw * percent / 100;
        Left { penalty, last: Some(raw - penalty), why: format!("{lesson}: late, day {days}, −{percent} %") }
    }
}

fn later(due: Timestamp, days: u64) -> Timestamp {
    let seconds = i64::try_from(days).unwrap_or(i64::MAX / DAY).saturating_mul(DAY);
    Timestamp::from_second(due.as_second().saturating_add(seconds)).unwrap_or(Timestamp::MAX)
}

fn policy(root: &Node<'_>) -> Result<Policy> {
    root.only(&[
        "due",
        "lessons",
        "grace_minutes",
        "percent_per_day",
        "percent_at_most",
        "closes_after_days",
        "drop_lowest",
    ])?;
    let number = |key: &str, usual: u64| root.find(key).map_or(Ok(usual), |node| node.number());
    let percent = |key: &str, usual: u64| match number(key, usual)? {
        all @ 0..=100 => Ok(all),
        _ => Err(root.get(key)?.wrong("should be a number of percent, 0 to 100")),
    };
    let mut lessons = BTreeMap::new();
    if let Some(table) = root.find("lessons") {
        for lesson in table.keys()? {
            lessons.insert(lesson.clone(), when(&table.get(&lesson)?)?);
        }
    }
    Ok(Policy {
        due: root.find("due").map(|node| when(&node)).transpose()?,
        lessons,
        grace_minutes: number("grace_minutes", 0)?,
        percent_per_day: percent("percent_per_day", 0)?,
        percent_at_most: percent("percent_at_most", 100)?,
        closes_after_days: root.find("closes_after_days").map(|node| node.number()).transpose()?,
        drop_lowest: number("drop_lowest", 0)?,
    })
}

fn when(node: &Node<'_>) -> Result<Timestamp> {
    time(&node.string()?).ok_or_else(|| node.wrong(TIME))
}

const TIME: &str = "should be a time with its zone, as \"2026-11-24T23:59[Europe/Berlin]\" or \"2026-11-24T23:59:00Z\"";

/// A time with its zone; without one nobody knows when it is.
fn time(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    text.parse::<ZonedDateTime>().map(|zoned| zoned.timestamp()).ok().or_else(|| text.parse().ok())
}

impl Extension {
    fn is_for(&self, who: &[&str], lesson: &str) -> bool {
        who.contains(&self.student.as_str()) && self.lesson.as_deref().is_none_or(|it| it == lesson)
    }
}

impl Extensions {
    /// Reads a CSV with the columns `student`, `lesson` (empty for all), and `until` or `days` or `excused`.
    pub fn read(path: &Path) -> Result<Extensions> {
        let known = ["student", "lesson", "until", "days", "excused"];
        let parse = |[student, lesson, until, days, excused]: [String; 5]| {
            let more = match (until.as_str(), days.as_str(), excused.as_str()) {
                ("", "", "yes" | "true" | "1" | "EX") => More::Excused,
                (until, "", "") => More::Until(time(until).ok_or(format!("`until` {TIME}"))?),
                ("", days, "") => More::Days(days.parse().map_err(|_| "`days` should be a number".to_owned())?),
                _ => return Err("a row has just one of `until`, `days` and `excused` = yes".to_owned()),
            };
            Ok(Extension { student, lesson: Some(lesson).filter(|it| !it.is_empty()), more })
        };
        table(path, known, parse).map(Extensions)
    }
}

impl Times {
    /// Reads a CSV with the columns `student`, `lesson` (empty for all) and `time`.
    pub fn read(path: &Path) -> Result<Times> {
        let parse = |[student, lesson, at]: [String; 3]| {
            let at = time(&at).ok_or(format!("`time` {TIME}"))?;
            Ok((student, Some(lesson).filter(|it| !it.is_empty()), at))
        };
        table(path, ["student", "lesson", "time"], parse).map(Times)
    }

    /// When this student handed this lesson in.
    pub fn of(&self, who: &[&str], lesson: &str) -> Option<Timestamp> {
        let is = |it: &&(String, Option<String>, Timestamp)| {
            who.contains(&it.0.as_str()) && it.1.as_deref().is_none_or(|of| of == lesson)
        };
        self.0.iter().find(is).map(|it| it.2)
    }
}

/// The rows of a CSV by the columns of these names; one that is not there is empty.
fn table<T, const N: usize>(
    path: &Path,
    names: [&str; N],
    parse: impl Fn([String; N]) -> std::result::Result<T, String>,
) -> Result<Vec<T>> {
    let bytes = std::fs::read(path).map_err(|error| Error::io("read", path, error))?;
    let wrong = |line: usize, why: String| Error::Usage(format!("`{}:{line}`: {why}", path.display()));
    let rows = rows(&decoded(&bytes)).map_err(|why| wrong(1, why))?;
    let header: Vec<String> = rows.first().into_iter().flatten().map(|cell| cell.trim().to_lowercase()).collect();
    if let Some(odd) = header.iter().find(|cell| !names.contains(&cell.as_str())) {
        return Err(wrong(1, format!("`{odd}` is no column here; known are: {}", names.join(", "))));
    }
    let at = names.map(|name| header.iter().position(|cell| cell == name));
    if at[0].is_none() {
        return Err(wrong(1, format!("lacks the column `{}`", names[0])));
    }
    let cell = |row: &Vec<String>, at: Option<usize>| {
        at.and_then(|at| row.get(at)).map_or("", String::as_str).trim().to_owned()
    };
    let row = |(line, row): (usize, &Vec<String>)| parse(at.map(|at| cell(row, at))).map_err(|why| wrong(line, why));
    (1..).zip(&rows).skip(1).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: &str = "due = \"2026-11-24T23:59[Europe/Berlin]\"\ngrace_minutes = 10\npercent_per_day = 10\n\
                          percent_at_most = 50\ncloses_after_days = 7\n[lessons]\nlesson-17 = \"2026-12-01T12:00:00Z\"\n";

    fn of(text: &str) -> Policy {
        manifest::parse_text(Path::new("policy.toml"), text, |root| policy(&root)).unwrap()
    }

    fn file(text: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        files::write(&folder.path().join("x.csv"), text.as_bytes()).unwrap();
        folder
    }

    fn left(handed: &str, extensions: &Extensions) -> (u64, Option<u64>) {
        let handed = Some(handed.parse().unwrap());
        let left = of(POLICY).left(extensions, &["ann", "Ann Lee"], "lesson-05", handed, 12_500);
        (left.penalty, left.last)
    }

    #[test]
    fn a_day_begins_with_its_first_second_in_the_zone_of_the_due_time() {
        let none = Extensions::default();
        // 23:59 in Berlin in winter.
        assert_eq!(left("2026-11-24T22:59:00Z", &none), (0, Some(12_500)));
        assert_eq!(left("2026-11-24T23:09:00Z", &none), (0, Some(12_500)), "within the grace");
        assert_eq!(left("2026-11-24T23:09:01Z", &none), (1250, Some(11_250)));
        assert_eq!(left("2026-11-25T22:59:00Z", &none), (1250, Some(11_250)));
        assert_eq!(left("2026-11-25T22:59:01Z", &none), (2500, Some(10_000)));
        assert_eq!(left("2026-11-30T22:59:01Z", &none), (6250, Some(6250)), "at most half");
        assert_eq!(left("2026-12-01T22:59:01Z", &none), (12_500, Some(0)), "closed");
    }

    #[test]
    fn more_time_is_counted_from_where_it_ends() {
        let read = |text: &str| Extensions::read(&file(text).path().join("x.csv"));
        let two_days = read("student,lesson,days\nann,,2\n").unwrap();
        assert_eq!(left("2026-11-26T22:59:00Z", &two_days), (0, Some(12_500)));
        let other = read("student;lesson;days\nann;lesson-17;2\nbo;;9\n").unwrap();
        assert_eq!(left("2026-11-26T22:59:00Z", &other), (2500, Some(10_000)));
        let excused = read("student,excused\nAnn Lee,yes\n").unwrap();
        assert_eq!(left("2026-12-26T22:59:00Z", &excused), (0, None));
        let error = read("student,until\nann,tomorrow\n").unwrap_err().to_string();
        assert!(error.contains("x.csv:2`: `until` should be a time with its zone"), "{error}");
        assert!(read("who,days\nann,2\n").unwrap_err().to_string().contains("`who` is no column"));
    }

    #[test]
    fn a_lesson_has_its_own_time_and_no_time_costs_nothing() {
        let policy = of(POLICY);
        let left = |lesson: &str, handed: Option<&str>| {
            policy.left(&Extensions::default(), &["ann"], lesson, handed.map(|it| it.parse().unwrap()), 100)
        };
        assert_eq!(left("lesson-17", Some("2026-12-01T12:00:00Z")).penalty, 0);
        assert_eq!(left("lesson-17", Some("2026-12-01T13:00:00Z")).penalty, 10);
        let unknown = left("lesson-05", None);
        assert_eq!((unknown.last, unknown.why.contains("not known")), (Some(100), true));
        assert_eq!(Policy::default().left(&Extensions::default(), &["ann"], "x", None, 100).why, "");
    }

    #[test]
    fn what_is_wrong_in_a_policy_is_said_with_its_line() {
        for (text, says) in [
            ("due = \"2026-11-24T23:59\"", "a time with its zone"),
            ("percent_per_day = 101", "0 to 100"),
            ("dew = 1", "is not known here"),
        ] {
            let folder = file(text);
            let error = Policy::read(&folder.path().join("x.csv")).unwrap_err();
            assert!(matches!(&error, Error::Usage(text) if text.contains(says)), "{error}");
        }
    }
}
