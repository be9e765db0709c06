//! Everything that is made of the students' reports: their pages, and the gradebooks. Made anew at any time.

use crate::intake::{Note, Student};
use crate::policy::{Extensions, Left, Policy, Times};
use crate::record::{self, Record};
use crate::results;
use crate::shard::Shard;
use crate::survey::Handed;
use grader::error::{Error, Result};
use grader::files;
use grader::lesson::Lesson;
use grader::outcome::Report;
use grader::words::Lang;
use report::gradebook::{Cell, Column, Row, table};
use report::shown::{Audience, Shown, shown};
use report::{canvas, gradebook, gradescope, html, junit, markdown, moodle, strangers};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// How it is to be made.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The language of the students' pages.
    pub lang: Lang,
    /// Whom they are for.
    pub audience: Audience,
    /// What being late costs.
    pub policy: Option<Policy>,
    /// Who has more time.
    pub extensions: Extensions,
    /// Who handed in when.
    pub times: Times,
}

impl Default for Wanted {
    fn default() -> Wanted {
        Wanted {
            lang: Lang::En,
            audience: Audience::Student,
            policy: None,
            extensions: Extensions::default(),
            times: Times::default(),
        }
    }
}

/// Makes the pages of all students and the gradebooks, of these lessons as far as they were graded. Gives how many students
/// there are.
pub fn all(root: &Path, lessons: &[Lesson], wanted: &Wanted) -> Result<usize> {
    let lessons: BTreeMap<String, &Lesson> = lessons.iter().map(|lesson| (lesson.id.to_string(), lesson)).collect();
    let mut columns: BTreeMap<String, u64> = BTreeMap::new();
    let mut found: Vec<(Row, BTreeMap<String, Cell>)> = Vec::new();
    for key in results::keys(root)? {
        let folder = root.join("students").join(&key);
        let path = folder.join("report.json");
        let mut record = record::read(&files::read(&path)?)
            .ok_or_else(|| Error::Usage(format!("`{}` is damaged: `grade` makes it anew", path.display())))?;
        record.lessons.retain(|graded| lessons.contains_key(&graded.report.lesson));
        for graded in &record.lessons {
            columns.insert(graded.report.lesson.clone(), graded.report.points() * 100);
        }
        pages(&folder, &record, &lessons, wanted)?;
        found.push(row(&record, wanted));
    }
    let columns: Vec<Column> = columns.into_iter().map(|(lesson, points)| Column { lesson, points }).collect();
    let drop = wanted.policy.as_ref().map_or(0, |policy| policy.drop_lowest);
    let rows: Vec<Row> = found.into_iter().map(|(row, cells)| sum(row, &cells, &columns, drop)).collect();
    let views: [(&str, String); 3] = [
        ("gradebook.csv", gradebook::csv(&columns, &rows)),
        ("canvas.csv", canvas::csv(&columns, &rows)),
        ("moodle.csv", moodle::csv(&columns, &rows)),
    ];
    for (name, text) in views {
        files::write_if_changed(&root.join(name), text.as_bytes())?;
    }
    Ok(rows.len())
}

fn pages(folder: &Path, record: &Record, lessons: &BTreeMap<String, &Lesson>, wanted: &Wanted) -> Result<()> {
    let Wanted { lang, audience, .. } = *wanted;
    let reports: Vec<(&Report, &Lesson)> =
        record.lessons.iter().map(|graded| (&graded.report, lessons[&graded.report.lesson])).collect();
    let all: Vec<Shown> = reports.iter().map(|(report, lesson)| shown(report, lesson, audience, lang)).collect();
    let tame = |note: &Note| (strangers::line(&note.path), strangers::line(&note.why));
    let notes: Vec<(String, String)> = record.notes.iter().map(tame).collect();
    let name = strangers::line(&record.name);
    let write = |name: &str, text: &str| files::write_if_changed(&folder.join(name), text.as_bytes());
    write("report.md", &markdown::page(&name, &all, &notes, lang))?;
    write("report.html", &html::page(&name, &all, &notes, lang))?;
    write("results.json", &gradescope::results(&all))?;
    // It names every check and what it expects.
    if audience == Audience::Staff || !lessons.values().any(|lesson| lesson.checks.iter().any(|check| check.hidden)) {
        let tamed: Vec<Report> = reports.iter().map(|(report, _)| strangers::tame(report)).collect();
        let pairs: Vec<(&Report, &Lesson)> =
            tamed.iter().zip(&reports).map(|(it, (_, lesson))| (it, *lesson)).collect();
        let xml = junit::xml(&pairs, lang).map_err(|error| Error::caused("failed to make the XML", error))?;
        write("junit.xml", &xml)?;
    }
    Ok(())
}

/// A student's row before it is summed up, with the cells by lesson.
fn row(record: &Record, wanted: &Wanted) -> (Row, BTreeMap<String, Cell>) {
    let who: Vec<&str> = [Some(&record.key), Some(&record.name), record.id.as_ref(), record.email.as_ref()]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let mut row = Row {
        key: record.key.clone(),
        name: strangers::line(&record.name),
        id: record.id.as_deref().map(strangers::line),
        email: record.email.as_deref().map(strangers::line),
        ..Row::default()
    };
    let mut why: Vec<String> = Vec::new();
    let mut cells = BTreeMap::new();
    for graded in &record.lessons {
        let report = &graded.report;
        row.isolation.clone_from(&report.made_by.isolation.0);
        row.grader.clone_from(&report.made_by.grader);
        let raw = report.score() * 100;
        let cell = match &wanted.policy {
            _ if report.grader_failed() => {
                why.push(format!("{}: not graded, for no fault of the submission's", report.lesson));
                Cell::Unknown
            }
            None => Cell::Points { raw, last: raw },
            Some(policy) => {
                let handed = wanted.times.of(&who, &report.lesson).or(record.submitted);
                let Left { penalty, last, why: reason } =
                    policy.left(&wanted.extensions, &who, &report.lesson, handed, raw);
                why.extend(Some(reason).filter(|reason| !reason.is_empty()));
                row.penalty += penalty;
                last.map_or(Cell::Excused, |last| Cell::Points { raw, last })
            }
        };
        cells.insert(report.lesson.clone(), cell);
    }
    if !record.handed_in {
        why.push("handed nothing in".to_owned());
    }
    row.reason = why.join("; ");
    (row, cells)
}

/// The row with its sums. What is dropped counts neither as earned nor as late.
fn sum(mut row: Row, cells: &BTreeMap<String, Cell>, columns: &[Column], drop: u64) -> Row {
    row.cells = columns.iter().map(|it| cells.get(&it.lesson).copied().unwrap_or(Cell::Missing)).collect();
    // By what is left in proportion to what can be earned; what is not known can't be dropped, nor can anything beside it.
    let mut by_part: Vec<(u64, usize)> = row
        .cells
        .iter()
        .zip(columns)
        .enumerate()
        .filter_map(|(at, (cell, column))| match cell {
            Cell::Points { last, .. } => Some((last * 1_000_000 / column.points.max(1), at)),
            Cell::Missing => Some((0, at)),
            Cell::Unknown | Cell::Excused => None,
        })
        .collect();
    by_part.sort_unstable();
    let is_unknown = row.cells.contains(&Cell::Unknown);
    let dropped: BTreeSet<usize> = if is_unknown {
        BTreeSet::new()
    } else {
        by_part.iter().take(usize::try_from(drop).unwrap_or(usize::MAX)).map(|(_, at)| *at).collect()
    };
    let (mut raw, mut last) = (0, 0);
    for (at, cell) in row.cells.iter().enumerate() {
        if let Cell::Points { raw: earned, last: left } = cell {
            if dropped.contains(&at) {
                row.penalty -= (earned - left).min(row.penalty);
            } else {
                (raw, last) = (raw + earned, last + left);
            }
        }
    }
    for at in dropped {
        let separator = if row.reason.is_empty() { "" } else { "; " };
        row.reason += &format!("{separator}{} dropped", columns[at].lesson);
    }
    (row.raw, row.last) = if is_unknown { (None, None) } else { (Some(raw), Some(last)) };
    row
}

/// Writes what of the intake was not taken, and which sources several students handed in.
pub fn intake(root: &Path, ignored: &[Note], students: &[Student], handed: &[Handed]) -> Result<()> {
    let line = |student: &str, note: &Note| {
        [student, &note.path, &note.why].map(|cell| gradebook::inert(&strangers::line(cell))).to_vec()
    };
    let mut notes = vec![["student", "path", "why"].map(str::to_owned).to_vec()];
    notes.extend(ignored.iter().map(|note| line("", note)));
    let mut shared: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (student, handed) in students.iter().zip(handed) {
        notes.extend(handed.notes.iter().map(|note| line(&student.key, note)));
        for (_, source) in handed.lessons.iter().filter(|(_, source)| !source.is_empty()) {
            shared.entry(source).or_default().push(&student.key);
        }
    }
    files::write_if_changed(&root.join("not-taken.csv"), table(notes).as_bytes())?;
    let mut rows = vec![["source", "count", "students"].map(str::to_owned).to_vec()];
    let many = shared.into_iter().filter(|(_, students)| students.len() > 1);
    rows.extend(many.map(|(source, who)| vec![source.to_owned(), who.len().to_string(), who.join(" ")]));
    files::write_if_changed(&root.join("same-source.csv"), table(rows).as_bytes())
}

/// Writes which part of a batch these results are, and whose reports have to be there: [`crate::merge`] reads it.
pub fn part(root: &Path, shard: Option<Shard>, students: &[Student]) -> Result<()> {
    let Some(Shard { number, of }) = shard else { return Ok(()) };
    let students: Vec<&str> = students.iter().map(|student| student.key.as_str()).collect();
    let value = serde_json::json!({ "number": number, "of": of, "students": students });
    files::write_if_changed(&root.join("part.json"), format!("{value:#}\n").as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::tests::{record, report};

    fn columns() -> Vec<Column> {
        ["lesson-05", "lesson-17"].map(|lesson| Column { lesson: lesson.to_owned(), points: 1000 }).to_vec()
    }

    fn of(record: &Record, policy: &str, drop: u64) -> Row {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("policy.toml");
        files::write(&path, policy.as_bytes()).unwrap();
        let wanted = Wanted { policy: Some(Policy::read(&path).unwrap()), ..Wanted::default() };
        let (row, cells) = row(record, &wanted);
        sum(row, &cells, &columns(), drop)
    }

    #[test]
    fn raw_penalty_and_final_stand_side_by_side() {
        let all = record("ann", vec![report("lesson-05", true), report("lesson-17", false)]);
        let row = of(&all, "due = \"2026-11-24T12:00:00Z\"\npercent_per_day = 10\n", 0);
        assert_eq!((row.raw, row.penalty, row.last), (Some(1000), 100, Some(900)));
        assert!(row.reason.starts_with("lesson-05: late, day 1"), "{}", row.reason);
    }

    #[test]
    fn the_lowest_is_dropped_with_its_penalty() {
        let all = record("ann", vec![report("lesson-05", true), report("lesson-17", false)]);
        let row = of(&all, "", 1);
        assert_eq!((row.raw, row.last, row.reason.as_str()), (Some(1000), Some(1000), "lesson-17 dropped"));
        let late = of(&all, "due = \"2026-11-24T12:00:00Z\"\npercent_per_day = 10\n", 2);
        assert_eq!((late.raw, late.penalty, late.last), (Some(0), 0, Some(0)));
    }

    #[test]
    fn what_is_not_graded_is_no_zero() {
        let mut all = record("ann", vec![report("lesson-05", true), report("lesson-17", false)]);
        all.lessons[1].report.fault = Some("no disk".to_owned());
        let row = of(&all, "", 1);
        assert_eq!((row.raw, row.last, row.cells[1]), (None, None, Cell::Unknown));
        let nobody = Record { handed_in: false, lessons: Vec::new(), ..all };
        assert_eq!(of(&nobody, "", 0).reason, "handed nothing in");
    }
}
