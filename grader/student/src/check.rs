//! From a lesson and a submission to a verdict: the stored one if nothing changed, else a new one, which is noted.

use crate::progress::Progress;
use crate::verdicts::{store_verdict, stored_verdict};
use grader::error::Result;
use grader::grade::{Grader, Origin, Request, Seeds};
use grader::outcome::{Fault, FaultKind, Outcome, Report};

/// A report, and whether it was stored.
pub struct Verdict {
    /// The report.
    pub report: Report,
    /// Whether it is that of an earlier check of just the same.
    pub stored: bool,
}

/// The verdict on this request. One on the student's own work, under the public seeds, is noted in their progress.
pub fn check(grader: &Grader, request: &Request<'_>) -> Result<Verdict> {
    let (key, name) = (grader.key(request), request.origin.name());
    let lesson = request.lesson.id.to_string();
    if let Some(report) = stored_verdict(&grader.course, &lesson, name, &key) {
        return Ok(Verdict { report, stored: true });
    }
    let report = grader.grade(request)?;
    if !report.checks.iter().any(|check| may_change(&check.outcome)) {
        store_verdict(&grader.course, name, &key, &report)?;
    }
    if request.origin == Origin::Own && request.seeds == Seeds::Public && !report.grader_failed() {
        Progress::update(&grader.course, |progress| {
            progress.entry(&request.lesson.id).note(report.score(), report.points(), &report.made_by.submission);
        })?;
    }
    Ok(Verdict { report, stored: false })
}

/// Whether another moment could decide otherwise: a fault of ours, and whatever a clock had a part in.
fn may_change(outcome: &Outcome) -> bool {
    match outcome {
        Outcome::GraderFault(_) => true,
        Outcome::Fault(Fault { kind, .. }) => matches!(kind, FaultKind::Hang { .. } | FaultKind::Busy { .. }),
        _ => false,
    }
}
