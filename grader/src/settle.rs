//! Which outcome each check has in the end: none is lost, and none counts whose needs did not pass.

use crate::build::CaseDiagnostics;
use crate::error::Result;
use crate::explored::Explorations;
use crate::judge::{self, Pinned};
use crate::lesson::{Case, Check, CheckKind, Lesson};
use crate::outcome::{CheckReport, Outcome, Reason};
use std::collections::BTreeMap;

pub(crate) fn check_report(check: &Check, outcome: Outcome) -> CheckReport {
    CheckReport { id: check.id.clone(), points: check.points, outcome, explored: None }
}

fn judge_cases(cases: &[Case], said: &BTreeMap<String, CaseDiagnostics>) -> Result<Outcome> {
    for case in cases {
        let pinned: Vec<Pinned> = judge::read_pinned(case)?;
        let Some(said) = said.get(&case.name) else {
            return Ok(Outcome::GraderFault(format!("the compile case `{}` was not looked at", case.name)));
        };
        let outcome = judge::judge_case(case, &pinned, said);
        if outcome != Outcome::Passed {
            return Ok(outcome);
        }
    }
    Ok(Outcome::Passed)
}

/// Whether the check with this id passed.
pub(crate) type Passed<'a> = dyn Fn(&String) -> bool + 'a;

/// Gives every check of the lesson its outcome; one whose needs did not pass counts as not run, whatever it printed.
///
/// `explore` is asked once the plain checks are settled, and told which of them passed.
pub(crate) fn settle(
    lesson: &Lesson,
    mut observed: BTreeMap<String, Outcome>,
    said: &BTreeMap<String, CaseDiagnostics>,
    explore: &dyn Fn(&Passed<'_>) -> Result<Explorations>,
) -> Result<Vec<CheckReport>> {
    for check in &lesson.checks {
        if let CheckKind::Compile { cases, .. } = &check.kind {
            observed.insert(check.id.clone(), judge_cases(cases, said)?);
        }
    }
    let plain = in_order(lesson, &observed, &BTreeMap::new());
    let explored = explore(&|id| plain.iter().any(|check| check.id == *id && check.outcome == Outcome::Passed))?;
    Ok(in_order(lesson, &observed, &explored))
}

fn in_order(lesson: &Lesson, observed: &BTreeMap<String, Outcome>, explored: &Explorations) -> Vec<CheckReport> {
    let mut settled: Vec<CheckReport> = Vec::new();
    for check in &lesson.checks {
        let passed = |id: &str| settled.iter().any(|earlier| earlier.id == id && earlier.outcome == Outcome::Passed);
        let unmet = check.needs.iter().find(|need| !passed(need));
        let (own, coverage) = match explored.get(&check.id) {
            Some((outcome, coverage)) => (Some(outcome), *coverage),
            None => (observed.get(&check.id), None),
        };
        let outcome = match (unmet, own) {
            (_, Some(fault @ Outcome::GraderFault(_))) => fault.clone(),
            (Some(need), _) => Outcome::NotRun(Reason::Blocked(need.clone())),
            (None, None) => Outcome::GraderFault("the check was lost on the way".to_owned()),
            (None, Some(outcome)) => outcome.clone(),
        };
        settled.push(CheckReport { explored: coverage, ..check_report(check, outcome) });
    }
    settled
}
