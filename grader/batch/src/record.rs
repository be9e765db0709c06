//! What is known of one student, in the one form that all others are made of: `students/KEY/report.json`.

use crate::intake::{Note, Student};
use grader::outcome::Report;
use jiff::Timestamp;
use report::json;
use serde_json::{Value, json};

/// The name of this form; it changes when a reader of the old one would misread the new one.
const SCHEMA: &str = "yield-to-await/student/v1";

/// What is known of one student.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Names the student's folder.
    pub key: String,
    /// The name.
    pub name: String,
    /// Number in the register.
    pub id: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// When it was handed in, if that is known.
    pub submitted: Option<Timestamp>,
    /// Whether anything was handed in.
    pub handed_in: bool,
    /// What was not taken, and why.
    pub notes: Vec<Note>,
    /// The verdicts, in the lessons' order.
    pub lessons: Vec<Graded>,
}

/// A verdict, and the key of all that it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Graded {
    /// The key; empty where the grader failed, for that rests on nothing.
    pub key: String,
    /// The verdict.
    pub report: Report,
}

impl Record {
    /// A student of whom nothing was graded yet.
    pub fn of(student: &Student) -> Record {
        Record {
            key: student.key.clone(),
            name: student.name.clone(),
            id: student.id.clone(),
            email: student.email.clone(),
            submitted: student.submitted,
            handed_in: !student.parts.is_empty(),
            notes: student.notes.clone(),
            lessons: Vec::new(),
        }
    }

    /// Whether the grader failed somewhere, so that the sum means nothing.
    pub fn grader_failed(&self) -> bool {
        self.lessons.iter().any(|graded| graded.report.grader_failed())
    }

    /// The points earned.
    pub fn score(&self) -> u64 {
        self.lessons.iter().map(|graded| graded.report.score()).sum()
    }

    /// The points that can be earned.
    pub fn points(&self) -> u64 {
        self.lessons.iter().map(|graded| graded.report.points()).sum()
    }
}

/// A record as JSON, the same text for the same record. Sums are there for readers; [`read`] derives them anew.
pub fn write(record: &Record) -> String {
    let lessons: Vec<Value> = record
        .lessons
        .iter()
        .map(|graded| json!({ "key": graded.key, "report": json::write(&graded.report) }))
        .collect();
    let notes: Vec<Value> = record.notes.iter().map(|note| json!({ "path": note.path, "why": note.why })).collect();
    let value = json!({
        "schema": SCHEMA,
        "student": { "key": record.key, "name": record.name, "id": record.id, "email": record.email },
        "submitted": record.submitted.map(|time| time.to_string()),
        "handed_in": record.handed_in,
        "graded": !record.grader_failed(),
        "score": record.score(),
        "points": record.points(),
        "not_taken": notes,
        "lessons": lessons,
    });
    format!("{value:#}\n")
}

/// Reads back what [`write`] wrote. Nothing, if it is of another schema or damaged.
pub fn read(text: &str) -> Option<Record> {
    let value: Value = serde_json::from_str(text).ok()?;
    (value["schema"] == SCHEMA).then_some(())?;
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let student = &value["student"];
    let note = |value: &Value| Some(Note { path: text(&value["path"])?, why: text(&value["why"])? });
    let graded = |value: &Value| Some(Graded { key: text(&value["key"])?, report: json::read(&value["report"])? });
    Some(Record {
        key: text(&student["key"])?,
        name: text(&student["name"])?,
        id: text(&student["id"]),
        email: text(&student["email"]),
        submitted: value["submitted"].as_str().and_then(|time| time.parse().ok()),
        handed_in: value["handed_in"].as_bool()?,
        notes: value["not_taken"].as_array()?.iter().map(note).collect::<Option<_>>()?,
        lessons: value["lessons"].as_array()?.iter().map(graded).collect::<Option<_>>()?,
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use grader::outcome::{CheckReport, Isolation, MadeBy, Outcome, Reason};

    pub(crate) fn report(lesson: &str, passed: bool) -> Report {
        let outcome = if passed { Outcome::Passed } else { Outcome::NotRun(Reason::NoSubmission) };
        Report {
            lesson: lesson.to_owned(),
            source: "src/lib.rs".to_owned(),
            fault: None,
            unreadable: None,
            errors: Vec::new(),
            compiler_bomb: None,
            checks: vec![CheckReport { id: "slide".to_owned(), points: 10, outcome, explored: None }],
            ignored: Vec::new(),
            made_by: MadeBy {
                grader: "0.1.0".to_owned(),
                checks: "c".repeat(64),
                submission: "s".repeat(64),
                toolchain: "rustc 1.95.0".to_owned(),
                isolation: Isolation::limits(),
                seed: Some(7),
            },
        }
    }

    pub(crate) fn record(name: &str, reports: Vec<Report>) -> Record {
        Record {
            key: name.to_owned(),
            name: name.to_owned(),
            id: Some("7".to_owned()),
            email: None,
            submitted: Some("2026-11-24T21:05:06Z".parse().unwrap()),
            handed_in: true,
            notes: vec![Note { path: "a\nb".to_owned(), why: "is a link".to_owned() }],
            lessons: reports.into_iter().map(|report| Graded { key: "k".repeat(64), report }).collect(),
        }
    }

    #[test]
    fn a_record_comes_back_as_it_was_and_nothing_else_does() {
        let all = record("<script>=1+2", vec![report("lesson-05", true), report("lesson-17", false)]);
        assert_eq!(read(&write(&all)), Some(all.clone()));
        assert_eq!((all.score(), all.points()), (10, 20));
        assert_eq!(read(&write(&all).replace("student/v1", "student/v2")), None);
        assert_eq!(read("{"), None);
    }
}
