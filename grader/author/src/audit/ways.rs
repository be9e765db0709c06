//! In which way a program fails a check: what tells two failures apart that a rule counts.

use grader::build::Diagnostic;
use grader::files::Digest;
use grader::outcome::{Failure, FaultKind, Outcome, Reason, Report};
use grader::tried;
use std::collections::BTreeMap;

/// How a program failed each check that it did not pass by itself, by the check's id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ways(BTreeMap<String, String>);

impl<const N: usize> From<[(String, String); N]> for Ways {
    fn from(ways: [(String, String); N]) -> Ways {
        Ways(ways.into())
    }
}

impl Ways {
    /// The ways of this report.
    pub fn of(report: &Report) -> Ways {
        Ways(report.failing().map(|check| (check.id.clone(), way(&check.outcome))).collect())
    }

    /// Those in the checks that are asked for.
    pub fn in_checks(&self, asked: impl Fn(&str) -> bool) -> BTreeMap<&str, &str> {
        self.0.iter().filter(|(check, _)| asked(check)).map(|(check, way)| (check.as_str(), way.as_str())).collect()
    }
}

/// Two transcripts differ by their text, two refusals of the compiler by the errors and their lines; two programs that do
/// not end, by how far they came.
fn way(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Passed => "passed".to_owned(),
        Outcome::Failed(Failure::Transcript { seed, got, .. }) => format!("prints {} under {seed}", hash(got)),
        Outcome::Failed(Failure::Schedule(broken)) => format!("schedule: {:?}", broken.what),
        Outcome::Failed(Failure::OwnTests(tried)) => format!("own tests: {}", hash(&tried::print(tried))),
        Outcome::Failed(Failure::Todo { .. }) => "todo".to_owned(),
        Outcome::Failed(Failure::Accepted { case, said, .. }) => format!("accepts {case}: {}", errors(said)),
        Outcome::Failed(Failure::Rejected { case, said }) => format!("rejects {case}: {}", errors(said)),
        Outcome::NotRun(Reason::DoesNotFit(said)) => format!("does not fit: {}", errors(said)),
        Outcome::NotRun(Reason::NotExplored(why)) => format!("not explored: {why}"),
        Outcome::NotRun(_) => "not run".to_owned(),
        Outcome::Fault(fault) => {
            // Whether the clock or the processor time ran out first depends on the machine.
            let kind = match fault.kind {
                FaultKind::Hang { .. } | FaultKind::Busy { .. } => "does not end".to_owned(),
                kind => format!("{kind:?}"),
            };
            format!("{kind} after {} under {}", hash(&fault.got), fault.seed)
        }
        Outcome::GraderFault(_) => "the grader's fault".to_owned(),
    }
}

fn hash(text: &str) -> String {
    Digest::default().add("text", text.as_bytes()).finish()[..16].to_owned()
}

/// What the errors are called and where they are.
fn errors(said: &[Diagnostic]) -> String {
    let one = |error: &Diagnostic| {
        let line = error.place.as_ref().map_or(0, |place| place.line);
        format!("{} at {line}", error.code.as_ref().unwrap_or(&error.headline))
    };
    said.iter().map(one).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use grader::build::Place;
    use grader::outcome::Fault;

    fn refusal(code: &str, line: u64) -> Outcome {
        let place = Place { file: "a.rs".to_owned(), line, column: 1, end_line: line, end_column: 2 };
        let error = Diagnostic {
            code: Some(code.to_owned()),
            headline: "no".to_owned(),
            place: Some(place),
            rendered: format!("words of another program at {code}"),
        };
        Outcome::Failed(Failure::Rejected { case: "case".to_owned(), said: vec![error] })
    }

    fn fault(kind: FaultKind, got: &str) -> Outcome {
        Outcome::Fault(Fault { seed: 1, kind, got: got.to_owned(), stderr: String::new() })
    }

    #[test]
    fn refusals_differ_by_their_errors_and_lines_only() {
        assert_eq!(way(&refusal("E0597", 3)), way(&refusal("E0597", 3)));
        assert_ne!(way(&refusal("E0597", 3)), way(&refusal("E0597", 4)));
        assert_ne!(way(&refusal("E0597", 3)), way(&refusal("E0499", 3)));
    }

    #[test]
    fn programs_that_do_not_end_differ_by_how_far_they_came() {
        let (hang, busy) = (FaultKind::Hang { deadline_ms: 4000 }, FaultKind::Busy { after_ms: 2000 });
        assert_eq!(way(&fault(hang, "a")), way(&fault(busy, "a")));
        assert_ne!(way(&fault(hang, "a")), way(&fault(hang, "b")));
        assert_ne!(way(&fault(hang, "a")), way(&fault(FaultKind::Tasks, "a")));
    }
}
