//! The canonical form of a report, as JSON: what is stored, and what the other formats could be made from.

use super::json_faults::{fault_name, read_fault};
use super::json_own_tests::{read_tried, write_tried};
use super::json_schedule::{read_broken, read_coverage, write_broken, write_coverage};
use grader::build::{Diagnostic, OutOfBounds, Place};
use grader::outcome::{Belief, CheckReport, Failure, Fault, Isolation, MadeBy, Outcome, Reason, Report};
use grader::submission::{Defect, Unreadable};
use grader::words::Text;
use serde_json::{Value, json};

/// The name of this form; it changes when a reader of the old one would misread the new one.
const SCHEMA: &str = "yield-to-await/report/v3";

/// A report as JSON. `score` and `points` are there for readers; [`read`] derives them anew.
pub fn write(report: &Report) -> Value {
    let made_by = &report.made_by;
    json!({
        "schema": SCHEMA,
        "lesson": report.lesson,
        "source": report.source,
        "score": report.score(),
        "points": report.points(),
        "full_marks": report.full_marks(),
        "fault": report.fault,
        "unreadable": report.unreadable.as_ref().map(|it| json!({ "path": it.path, "reason": it.reason.name() })),
        "errors": report.errors.iter().map(write_diagnostic).collect::<Vec<_>>(),
        "compiler_bomb": report.compiler_bomb.map(|bound| json!({ "bound": bound_name(bound).0, "number": bound_name(bound).1 })),
        "checks": report.checks.iter().map(write_check).collect::<Vec<_>>(),
        "ignored": report.ignored,
        "made_by": {
            "grader": made_by.grader,
            "checks": made_by.checks,
            "submission": made_by.submission,
            "toolchain": made_by.toolchain,
            "isolation": made_by.isolation.0,
            "seed": made_by.seed,
        },
    })
}

/// Several reports, as one JSON text.
pub fn all(reports: &[Value]) -> String {
    json!({ "schema": "yield-to-await/reports/v3", "reports": reports }).to_string()
}

/// Reads back what [`write`] wrote. Nothing, if it is of another schema or damaged.
pub fn read(value: &Value) -> Option<Report> {
    (value["schema"] == SCHEMA).then_some(())?;
    let made_by = &value["made_by"];
    Some(Report {
        lesson: text(&value["lesson"])?,
        source: text(&value["source"])?,
        fault: optional(&value["fault"], text)?,
        unreadable: optional(&value["unreadable"], |it| {
            Some(Unreadable { path: text(&it["path"])?, reason: read_defect(it["reason"].as_str()?)? })
        })?,
        errors: list(&value["errors"], read_diagnostic)?,
        compiler_bomb: optional(&value["compiler_bomb"], read_bound)?,
        checks: list(&value["checks"], read_check)?,
        ignored: list(&value["ignored"], text)?,
        made_by: MadeBy {
            grader: text(&made_by["grader"])?,
            checks: text(&made_by["checks"])?,
            submission: text(&made_by["submission"])?,
            toolchain: text(&made_by["toolchain"])?,
            isolation: Isolation(text(&made_by["isolation"])?),
            seed: optional(&made_by["seed"], Value::as_u64)?,
        },
    })
}

pub(crate) fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

pub(crate) fn optional<T>(value: &Value, read: impl FnOnce(&Value) -> Option<T>) -> Option<Option<T>> {
    if value.is_null() { Some(None) } else { read(value).map(Some) }
}

pub(crate) fn list<T>(value: &Value, read: impl FnMut(&Value) -> Option<T>) -> Option<Vec<T>> {
    value.as_array()?.iter().map(read).collect()
}

fn write_check(check: &CheckReport) -> Value {
    let passed = check.outcome == Outcome::Passed;
    let mut outcome = write_outcome(&check.outcome);
    outcome["id"] = json!(check.id);
    outcome["points"] = json!(check.points);
    outcome["explored"] = json!(check.explored.map(write_coverage));
    outcome["score"] = json!(if passed { check.points } else { 0 });
    outcome
}

fn write_outcome(outcome: &Outcome) -> Value {
    match outcome {
        Outcome::Passed => json!({ "outcome": "passed" }),
        Outcome::Failed(failure) => {
            let mut value = write_failure(failure);
            value["outcome"] = json!("failed");
            value
        }
        Outcome::NotRun(Reason::Blocked(by)) => json!({ "outcome": "not_run", "because": "blocked", "by": by }),
        Outcome::NotRun(Reason::DoesNotCompile) => json!({ "outcome": "not_run", "because": "does_not_compile" }),
        Outcome::NotRun(Reason::NoSubmission) => json!({ "outcome": "not_run", "because": "no_submission" }),
        Outcome::NotRun(Reason::NotExplored(why)) => {
            json!({ "outcome": "not_run", "because": "not_explored", "why": why })
        }
        Outcome::NotRun(Reason::DoesNotFit(said)) => {
            json!({ "outcome": "not_run", "because": "does_not_fit", "said": write_all(said) })
        }
        Outcome::Fault(Fault { seed, kind, got, stderr }) => {
            let (name, number) = fault_name(*kind);
            json!({ "outcome": "fault", "fault": name, "number": number, "seed": seed, "got": got, "stderr": stderr })
        }
        Outcome::GraderFault(why) => json!({ "outcome": "grader_fault", "why": why }),
    }
}

fn write_failure(failure: &Failure) -> Value {
    match failure {
        Failure::Transcript { seed, expected, got, panicked_at, beliefs, look_alike } => json!({
            "because": "transcript",
            "seed": seed,
            "expected": expected,
            "got": got,
            "panicked_at": panicked_at,
            "beliefs": beliefs.iter().map(write_belief).collect::<Vec<_>>(),
            "look_alike": look_alike,
        }),
        Failure::Schedule(broken) => json!({ "because": "schedule", "schedule": write_broken(broken) }),
        Failure::OwnTests(tried) => json!({ "because": "own_tests", "services": write_tried(tried) }),
        Failure::Todo { at } => json!({ "because": "todo", "at": at }),
        Failure::Accepted { case, pinned, said } => {
            json!({ "because": "accepted", "case": case, "pinned": pinned, "said": write_all(said) })
        }
        Failure::Rejected { case, said } => json!({ "because": "rejected", "case": case, "said": write_all(said) }),
    }
}

fn write_belief(belief: &Belief) -> Value {
    json!({ "en": belief.text.en, "ru": belief.text.ru, "certain": belief.certain })
}

fn read_belief(value: &Value) -> Option<Belief> {
    let text = Text { en: text(&value["en"])?, ru: text(&value["ru"])? };
    Some(Belief { text, certain: value["certain"].as_bool()? })
}

fn read_check(value: &Value) -> Option<CheckReport> {
    Some(CheckReport {
        id: text(&value["id"])?,
        points: value["points"].as_u64()?,
        outcome: read_outcome(value)?,
        explored: optional(&value["explored"], read_coverage)?,
    })
}

fn read_outcome(value: &Value) -> Option<Outcome> {
    Some(match value["outcome"].as_str()? {
        "passed" => Outcome::Passed,
        "failed" => Outcome::Failed(read_failure(value)?),
        "not_run" => Outcome::NotRun(match value["because"].as_str()? {
            "blocked" => Reason::Blocked(text(&value["by"])?),
            "does_not_compile" => Reason::DoesNotCompile,
            "no_submission" => Reason::NoSubmission,
            "not_explored" => Reason::NotExplored(text(&value["why"])?),
            "does_not_fit" => Reason::DoesNotFit(list(&value["said"], read_diagnostic)?),
            _ => return None,
        }),
        "fault" => Outcome::Fault(Fault {
            seed: value["seed"].as_u64()?,
            kind: read_fault(value["fault"].as_str()?, value["number"].as_i64()?)?,
            got: text(&value["got"])?,
            stderr: text(&value["stderr"])?,
        }),
        "grader_fault" => Outcome::GraderFault(text(&value["why"])?),
        _ => return None,
    })
}

fn read_failure(value: &Value) -> Option<Failure> {
    Some(match value["because"].as_str()? {
        "transcript" => Failure::Transcript {
            seed: value["seed"].as_u64()?,
            expected: text(&value["expected"])?,
            got: text(&value["got"])?,
            panicked_at: optional(&value["panicked_at"], text)?,
            beliefs: list(&value["beliefs"], read_belief)?,
            look_alike: value["look_alike"].as_bool()?,
        },
        "schedule" => Failure::Schedule(Box::new(read_broken(&value["schedule"])?)),
        "own_tests" => Failure::OwnTests(read_tried(&value["services"])?),
        "todo" => Failure::Todo { at: text(&value["at"])? },
        "accepted" => Failure::Accepted {
            case: text(&value["case"])?,
            pinned: list(&value["pinned"], text)?,
            said: list(&value["said"], read_diagnostic)?,
        },
        "rejected" => Failure::Rejected { case: text(&value["case"])?, said: list(&value["said"], read_diagnostic)? },
        _ => return None,
    })
}

fn write_all(diagnostics: &[Diagnostic]) -> Vec<Value> {
    diagnostics.iter().map(write_diagnostic).collect()
}

fn write_diagnostic(diagnostic: &Diagnostic) -> Value {
    let place = diagnostic.place.as_ref().map(|place| {
        json!({
            "file": place.file, "line": place.line, "column": place.column,
            "end_line": place.end_line, "end_column": place.end_column,
        })
    });
    json!({ "code": diagnostic.code, "headline": diagnostic.headline, "place": place, "rendered": diagnostic.rendered })
}

fn read_diagnostic(value: &Value) -> Option<Diagnostic> {
    Some(Diagnostic {
        code: optional(&value["code"], text)?,
        headline: text(&value["headline"])?,
        place: optional(&value["place"], |place| {
            Some(Place {
                file: text(&place["file"])?,
                line: place["line"].as_u64()?,
                column: place["column"].as_u64()?,
                end_line: place["end_line"].as_u64()?,
                end_column: place["end_column"].as_u64()?,
            })
        })?,
        rendered: text(&value["rendered"])?,
    })
}

fn read_defect(name: &str) -> Option<Defect> {
    Defect::ALL.into_iter().find(|known| known.name() == name)
}

/// The name of a compiler's bound, and the signal that ended it; 0 where there is none.
fn bound_name(bound: OutOfBounds) -> (&'static str, i64) {
    match bound {
        OutOfBounds::Time => ("time", 0),
        OutOfBounds::ProcessorTime => ("processor_time", 0),
        OutOfBounds::Signal(signal) => ("signal", signal.into()),
        OutOfBounds::Disk => ("disk", 0),
        OutOfBounds::Output => ("output", 0),
        OutOfBounds::Crash => ("crash", 0),
    }
}

fn read_bound(value: &Value) -> Option<OutOfBounds> {
    Some(match value["bound"].as_str()? {
        "time" => OutOfBounds::Time,
        "processor_time" => OutOfBounds::ProcessorTime,
        "disk" => OutOfBounds::Disk,
        "output" => OutOfBounds::Output,
        "crash" => OutOfBounds::Crash,
        "signal" => OutOfBounds::Signal(value["number"].as_i64()?.try_into().ok()?),
        _ => return None,
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use grader::outcome::FaultKind;

    pub(crate) fn diagnostic() -> Diagnostic {
        Diagnostic {
            code: Some("E0308".to_owned()),
            headline: "mismatched types".to_owned(),
            place: Some(Place { file: "src/lib.rs".to_owned(), line: 3, column: 5, end_line: 3, end_column: 9 }),
            rendered: "\u{1b}[1merror[E0308]\u{1b}[0m: mismatched types\n".to_owned(),
        }
    }

    /// One of each outcome there is.
    pub(crate) fn every_outcome() -> Vec<Outcome> {
        let fault =
            |kind| Outcome::Fault(Fault { seed: 1, kind, got: "» call\n".to_owned(), stderr: "oops".to_owned() });
        vec![
            Outcome::Passed,
            Outcome::Failed(Failure::Transcript {
                seed: 2,
                expected: "» call\n1\n» end\n".to_owned(),
                got: "» call\n2\n» end\n".to_owned(),
                panicked_at: Some("src/lib.rs:3:5".to_owned()),
                beliefs: vec![Belief {
                    text: Text {
                        en: "You count from zero.".to_owned(), ru: "Вы считаете с нуля.".to_owned()
                    },
                    certain: true,
                }],
                look_alike: true,
            }),
            Outcome::Failed(Failure::Todo { at: "src/lib.rs:3:5".to_owned() }),
            Outcome::Failed(Failure::Accepted {
                case: "twice".to_owned(),
                pinned: vec!["E0382 at line 7".to_owned()],
                said: vec![diagnostic()],
            }),
            Outcome::Failed(Failure::Rejected { case: "twice".to_owned(), said: vec![diagnostic()] }),
            Outcome::NotRun(Reason::Blocked("slide".to_owned())),
            Outcome::NotRun(Reason::NotExplored("it reads a file".to_owned())),
            Outcome::Failed(Failure::Schedule(Box::new(crate::schedule::tests::lost()))),
            Outcome::Failed(Failure::OwnTests(crate::own_tests::tests::tried())),
            Outcome::NotRun(Reason::DoesNotCompile),
            Outcome::NotRun(Reason::NoSubmission),
            Outcome::NotRun(Reason::DoesNotFit(vec![diagnostic()])),
            fault(FaultKind::Hang { deadline_ms: 4000 }),
            fault(FaultKind::Busy { after_ms: 5000 }),
            fault(FaultKind::Memory { limit: 512 << 20 }),
            fault(FaultKind::Output { limit: 1 << 20 }),
            fault(FaultKind::Tasks),
            fault(FaultKind::Disk),
            fault(FaultKind::EndedEarly(0)),
            fault(FaultKind::Signal(11)),
            fault(FaultKind::Stragglers),
            Outcome::GraderFault("the disk is full".to_owned()),
        ]
    }

    pub(crate) fn report(outcomes: Vec<Outcome>) -> Report {
        let checks = outcomes.into_iter().enumerate();
        Report {
            lesson: "lesson-05".to_owned(),
            source: "lessons/lesson-05-timeit/src/lib.rs".to_owned(),
            fault: None,
            unreadable: None,
            errors: Vec::new(),
            compiler_bomb: None,
            checks: checks
                .map(|(i, outcome)| CheckReport { id: format!("check-{i}"), points: 10, outcome, explored: None })
                .collect(),
            ignored: vec!["src/notes.txt".to_owned()],
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

    #[test]
    fn every_report_reads_back_as_it_was() {
        let mut broken = report(every_outcome());
        assert_eq!(read(&write(&broken)), Some(broken.clone()));
        broken.errors = vec![diagnostic(), Diagnostic { code: None, place: None, ..diagnostic() }];
        broken.compiler_bomb = Some(OutOfBounds::Signal(6));
        broken.made_by.seed = None;
        for defect in Defect::ALL {
            broken.unreadable = Some(Unreadable { path: "src/lib.rs".to_owned(), reason: defect });
            assert_eq!(read(&write(&broken)), Some(broken.clone()));
        }
    }

    #[test]
    fn another_schema_is_not_read() {
        let mut value = write(&report(vec![Outcome::Passed]));
        value["schema"] = json!("yield-to-await/report/v1");
        assert_eq!(read(&value), None);
    }

    #[test]
    fn the_score_counts_passed_checks_only() {
        let report = report(every_outcome());
        assert_eq!((report.score(), report.points()), (10, 10 * every_outcome().len() as u64));
        assert!(report.grader_failed());
        assert_eq!(write(&report)["score"], 10);
    }
}
