//! Holds what was observed against what is expected. Everything here is a pure function of its arguments.

mod own_tests;

pub use own_tests::{judge_own_tests, judge_tried};

use crate::build::{CaseDiagnostics, Diagnostic};
use crate::error::{Error, Result};
use crate::lesson::Bounds;
use crate::lesson::Case;
use crate::observe::Observation;
use crate::outcome::{Coverage, Reason};
use crate::outcome::{Failure, Fault, FaultKind, Outcome};
use crate::transcript::Part;
use insta::Snapshot;
use interleave::wire::{self, Explored};
use process::Ended;
use process::sandbox::Excess;
use std::path::Path;

/// The message of `todo!()`.
const TODO: &str = "not yet implemented";

/// Reads the transcript that a snapshot holds, as insta gives it: without what stands blank at its end. Fails when there is
/// none, or none of ours.
pub fn read_snapshot(path: &Path) -> Result<String> {
    let wrong = |what: &str| Error::course(path, format!("{what}: `cargo xtask audit --update` writes it anew"));
    if !path.is_file() {
        return Err(wrong("this snapshot is missing"));
    }
    let snapshot =
        Snapshot::from_file(path).map_err(|error| wrong(&format!("insta can't read this snapshot ({error})")))?;
    snapshot.as_text().map(ToString::to_string).ok_or_else(|| wrong("this snapshot is binary"))
}

/// Judges one run of an output check against the expected transcript.
pub fn judge_run(observation: &Observation, expected: &str, seed: u64, bounds: &Bounds) -> Outcome {
    let transcript = &observation.transcript;
    let got = transcript.text();
    let fault = |kind| {
        let stderr = tail(&observation.exit.stderr);
        Outcome::Fault(Fault { seed, kind, got: got.clone(), stderr })
    };
    match observation.excess {
        Some(Excess::Memory) => return fault(FaultKind::Memory { limit: bounds.memory }),
        Some(Excess::Tasks) => return fault(FaultKind::Tasks),
        Some(Excess::Disk) => return fault(FaultKind::Disk),
        None => {}
    }
    match &observation.exit.ended {
        Ended::Deadline => {
            // Who waits, uses no processor time; who computes for ever, uses it up, as far as others leave it any.
            let ms = bounds.deadline.as_millis() as u64;
            let computes = observation.exit.cpu.is_some_and(|cpu| cpu > bounds.deadline / 10);
            return fault(if computes {
                FaultKind::Busy { after_ms: ms }
            } else {
                FaultKind::Hang { deadline_ms: ms }
            });
        }
        Ended::CpuLimit => return fault(FaultKind::Busy { after_ms: bounds.cpu.as_millis() as u64 }),
        Ended::OutputLimit => return fault(FaultKind::Output { limit: bounds.output as u64 }),
        Ended::Interrupted => return Outcome::GraderFault("interrupted".to_owned()),
        Ended::Signal(_) if ran_out_of_memory(&observation.exit.stderr) => {
            return fault(FaultKind::Memory { limit: bounds.memory });
        }
        Ended::Signal(signal) => return fault(FaultKind::Signal(*signal)),
        Ended::Code(_) if observation.exit.stragglers => return fault(FaultKind::Stragglers),
        // A panic that the probe reported is the student's to see in the transcript.
        Ended::Code(code) if !(transcript.ended() && *code == 0 || transcript.panic().is_some()) => {
            return fault(FaultKind::EndedEarly(*code));
        }
        Ended::Code(_) => {}
    }
    if let Some((message, at)) = transcript.panic() {
        if message.starts_with(TODO) {
            return Outcome::Failed(Failure::Todo { at: at.to_owned() });
        }
    } else if same(expected, &got) {
        return Outcome::Passed;
    }
    Outcome::Failed(Failure::Transcript {
        seed,
        expected: expected.to_owned(),
        got,
        panicked_at: transcript.panic().map(|(_, at)| at.to_owned()),
        beliefs: Vec::new(),
        look_alike: transcript.has_look_alike(),
    })
}

/// Judges an exploration of a check: what came of it, and if it passed, in how many schedules.
///
/// Every schedule prints what is expected, to the letter. An exploration that ran into a clock is *not explored*: how far
/// it comes must not depend on the machine.
pub fn judge_explored(observation: &Observation, expected: &str, bounds: &Bounds) -> (Outcome, Option<Coverage>) {
    let not = |why: &str| (Outcome::NotRun(Reason::NotExplored(why.to_owned())), None);
    if observation.excess.is_none() && matches!(observation.exit.ended, Ended::Deadline | Ended::CpuLimit) {
        return not("its schedules took too long");
    }
    let transcript = &observation.transcript;
    let [Part::Mark(told), Part::End] = transcript.parts.as_slice() else {
        // Whatever else it printed, it is not the explorer's whole word.
        let printed = transcript.parts.iter().find(|part| matches!(part, Part::Text(_)));
        return match judge_run(observation, "", 0, bounds) {
            Outcome::Passed | Outcome::Failed(_) if printed.is_none() => (ended_early(observation), None),
            outcome => (outcome, None),
        };
    };
    if observation.exit.ended != Ended::Code(0) || observation.exit.stragglers || observation.excess.is_some() {
        return (judge_run(observation, "", 0, bounds), None);
    }
    match wire::read(told) {
        Ok(Explored::NotExplored { why }) => not(&why),
        Ok(Explored::Broken(broken)) => (Outcome::Failed(Failure::Schedule(Box::new(broken))), None),
        Ok(Explored::Holds(holds)) => {
            if let Some(other) = holds.transcripts.iter().find(|transcript| transcript.text != expected) {
                return (printed(expected, &other.text), None);
            }
            let coverage =
                Coverage { schedules: holds.schedules, complete: holds.complete, preemptions: holds.preemptions };
            (Outcome::Passed, Some(coverage))
        }
        Err(_) => (ended_early(observation), None),
    }
}

fn ended_early(observation: &Observation) -> Outcome {
    let stderr = tail(&observation.exit.stderr);
    Outcome::Fault(Fault { seed: 0, kind: FaultKind::EndedEarly(0), got: String::new(), stderr })
}

fn printed(expected: &str, got: &str) -> Outcome {
    Outcome::Failed(Failure::Transcript {
        seed: 0,
        expected: expected.to_owned(),
        got: got.to_owned(),
        panicked_at: None,
        beliefs: Vec::new(),
        look_alike: false,
    })
}

/// To the letter, but for the line ends behind the probe's last word, which insta does not keep.
fn same(expected: &str, got: &str) -> bool {
    expected.trim_end_matches('\n') == got.trim_end_matches('\n')
}

/// The runtime's words when an allocation fails. They tell two kinds of fault apart, never a fault from a pass.
fn ran_out_of_memory(stderr: &[u8]) -> bool {
    String::from_utf8_lossy(stderr).contains("memory allocation of ")
}

fn tail(stderr: &[u8]) -> String {
    let text = String::from_utf8_lossy(stderr);
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(8)..]
        .iter()
        .map(|line| line.chars().take(400).collect::<String>())
        .collect::<Vec<_>>()
        .join("\n")
}

/// An error that a `.stderr` file pins: what it is called, and the line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pinned {
    /// `E0597`; the name of the lint that was denied; or the headline of an error that has neither.
    pub name: String,
    /// The line in the case's file, from 1.
    pub line: u64,
}

/// Reads the errors that trybuild recorded for a case.
///
/// Fails when the file is missing or pins nothing: a case that can't fail would judge nothing.
pub fn read_pinned(case: &Case) -> Result<Vec<Pinned>> {
    if !case.stderr.is_file() {
        return Err(Error::course(&case.stderr, "is missing: `cargo xtask audit --update` writes it"));
    }
    let pinned = parse_pinned(&crate::files::read(&case.stderr)?);
    if pinned.is_empty() {
        return Err(Error::course(&case.stderr, "pins no error with a line, so its case could not fail"));
    }
    Ok(pinned)
}

fn parse_pinned(stderr: &str) -> Vec<Pinned> {
    let mut found = Vec::new();
    let mut name = None;
    // A lint's headline depends on where a right program puts its attribute; its name does not. The compiler quotes the
    // line that denied it.
    let denied = stderr.split_once("#![deny(").and_then(|(_, rest)| rest.split_once(')')).map(|(lint, _)| lint);
    for line in stderr.lines() {
        if let Some(rest) = line.strip_prefix("error") {
            name = match rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
                Some((code, _)) => Some(code.to_owned()),
                None => rest.strip_prefix(": ").map(|headline| denied.unwrap_or(headline).to_owned()),
            };
        } else if let Some(place) = line.trim_start().strip_prefix("--> ") {
            let mut parts = place.rsplitn(3, ':');
            let line = parts.nth(1).and_then(|line| line.parse().ok());
            if let (Some(name), Some(line)) = (name.take(), line) {
                found.push(Pinned { name, line });
            }
        } else if !line.starts_with([' ', '|', '.'])
            && !line.is_empty()
            && !line.starts_with(|c: char| c.is_ascii_digit())
        {
            // A warning's or a note's place is not an error's.
            name = None;
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Whether these are the errors that the case pins: by name and line, the wording around them being free. The same error
/// twice on a line counts once: how often a bound is repeated is a right program's own affair.
pub fn as_pinned(pinned: &[Pinned], errors: &[Diagnostic]) -> bool {
    let headline = |error: &Diagnostic| error.headline.lines().next().unwrap_or_default().to_owned();
    let came = |error: &Diagnostic| Pinned {
        name: error.code.clone().unwrap_or_else(|| headline(error)),
        line: error.place.as_ref().map_or(0, |place| place.line),
    };
    let mut came: Vec<Pinned> = errors.iter().map(came).collect();
    came.sort();
    came.dedup();
    came == pinned
}

/// Judges a compile case by what the compiler said of its two programs.
pub fn judge_case(case: &Case, pinned: &[Pinned], said: &CaseDiagnostics) -> Outcome {
    if !said.pass.is_empty() {
        return Outcome::Failed(Failure::Rejected { case: case.name.clone(), said: said.pass.clone() });
    }
    if as_pinned(pinned, &said.fail) {
        return Outcome::Passed;
    }
    let pinned = pinned.iter().map(|pinned| format!("{} at line {}", pinned.name, pinned.line)).collect();
    Outcome::Failed(Failure::Accepted { case: case.name.clone(), pinned, said: said.fail.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::{Part, Transcript};
    use process::Exit;
    use std::time::Duration;

    pub(super) fn run(parts: &[Part], ended: Ended) -> Observation {
        let exit =
            Exit { ended, stdout: Vec::new(), stderr: Vec::new(), stragglers: false, wall: Duration::ZERO, cpu: None };
        Observation { excess: None, transcript: Transcript { began: true, parts: parts.to_vec() }, exit }
    }

    fn judge(parts: &[Part], ended: Ended) -> Outcome {
        judge_run(&run(parts, ended), "» call\n1\n» end\n", 1, &Bounds::within(Duration::from_secs(1)))
    }

    fn right() -> Vec<Part> {
        vec![Part::Mark("call".to_owned()), Part::Text("1\n".to_owned()), Part::End]
    }

    #[test]
    fn only_the_whole_transcript_of_a_run_that_ended_well_passes() {
        assert_eq!(judge(&right(), Ended::Code(0)), Outcome::Passed);
        assert!(matches!(
            judge(&right()[..2], Ended::Code(0)),
            Outcome::Fault(Fault { kind: FaultKind::EndedEarly(0), .. })
        ));
        assert!(matches!(
            judge(&right(), Ended::Code(1)),
            Outcome::Fault(Fault { kind: FaultKind::EndedEarly(1), .. })
        ));
        assert!(matches!(judge(&right(), Ended::Deadline), Outcome::Fault(Fault { kind: FaultKind::Hang { .. }, .. })));
        assert!(matches!(
            judge(&right(), Ended::OutputLimit),
            Outcome::Fault(Fault { kind: FaultKind::Output { .. }, .. })
        ));
        assert!(matches!(judge(&right(), Ended::Signal(6)), Outcome::Fault(Fault { kind: FaultKind::Signal(6), .. })));
        let mut stragglers = run(&right(), Ended::Code(0));
        stragglers.exit.stragglers = true;
        let outcome = judge_run(&stragglers, "» call\n1\n» end\n", 1, &Bounds::within(Duration::from_secs(1)));
        assert!(matches!(outcome, Outcome::Fault(Fault { kind: FaultKind::Stragglers, .. })));
    }

    #[test]
    fn text_after_the_end_or_blank_lines_anywhere_fail() {
        for (at, text) in [(3, "late\n"), (3, "\n"), (2, "\n"), (0, "\n"), (2, " \n")] {
            let mut parts = right();
            parts.insert(at, Part::Text(text.to_owned()));
            assert!(
                matches!(judge(&parts, Ended::Code(0)), Outcome::Failed(Failure::Transcript { .. })),
                "{text:?} at {at}"
            );
        }
    }

    #[test]
    fn todo_is_told_from_other_panics() {
        let panicked = |message: &str| {
            let part = Part::Panicked { message: message.to_owned(), location: "src/lib.rs:3:5".to_owned() };
            judge(&[part], Ended::Code(101))
        };
        assert_eq!(panicked("not yet implemented"), Outcome::Failed(Failure::Todo { at: "src/lib.rs:3:5".to_owned() }));
        assert!(matches!(panicked("boom"), Outcome::Failed(Failure::Transcript { panicked_at: Some(_), .. })));
    }

    fn explored(told: &str) -> (Outcome, Option<Coverage>) {
        let parts = [Part::Mark(told.to_owned()), Part::End];
        judge_explored(&run(&parts, Ended::Code(0)), "a\n", &Bounds::default())
    }

    fn holds(text: &str) -> String {
        let transcript =
            wire::Transcript { text: text.to_owned(), schedules: 9, first: 1, preemptions: 0, steps: Vec::new() };
        let transcripts = vec![transcript];
        wire::write(&Explored::Holds(wire::Holds { schedules: 9, complete: true, preemptions: 2, transcripts }))
    }

    #[test]
    fn what_holds_and_prints_the_same_in_every_schedule_passes() {
        let coverage = Coverage { schedules: 9, complete: true, preemptions: 2 };
        assert_eq!(explored(&holds("a\n")), (Outcome::Passed, Some(coverage)));
        assert!(matches!(explored(&holds("")).0, Outcome::Failed(Failure::Transcript { .. })));
        let place = wire::Place { file: "src/lib.rs".to_owned(), line: 3 };
        let what = wire::What::Promise { text: "called once".to_owned(), place };
        let broken = wire::Broken { schedule: 8, preemptions: 1, what, printed: String::new(), steps: Vec::new() };
        let told = wire::write(&Explored::Broken(broken.clone()));
        assert_eq!(explored(&told), (Outcome::Failed(Failure::Schedule(Box::new(broken))), None));
        let why = wire::write(&Explored::NotExplored { why: "a file".to_owned() });
        assert_eq!(explored(&why).0, Outcome::NotRun(Reason::NotExplored("a file".to_owned())));
    }

    #[test]
    fn an_exploration_that_is_not_whole_or_not_alone_passes_nothing() {
        let told = holds("a\n");
        let passed =
            |parts: &[Part], ended| judge_explored(&run(parts, ended), "a\n", &Bounds::default()).0 == Outcome::Passed;
        let whole = [Part::Mark(told.clone()), Part::End];
        assert!(passed(&whole, Ended::Code(0)));
        for ended in [Ended::Code(1), Ended::Deadline, Ended::CpuLimit, Ended::Signal(6), Ended::OutputLimit] {
            assert!(!passed(&whole, ended));
        }
        for parts in [
            vec![],
            vec![Part::End],
            vec![Part::Mark(told.clone())],
            vec![Part::Mark(told[..told.len() - 3].to_owned()), Part::End],
            vec![Part::Text("x\n".to_owned()), Part::Mark(told.clone()), Part::End],
            vec![Part::Mark(told.clone()), Part::End, Part::Text("\n".to_owned())],
            vec![Part::Mark(told.clone()), Part::Mark(told.clone()), Part::End],
        ] {
            assert!(!passed(&parts, Ended::Code(0)), "{parts:?}");
        }
        let clock = judge_explored(&run(&[], Ended::Deadline), "", &Bounds::default()).0;
        assert!(matches!(clock, Outcome::NotRun(Reason::NotExplored(_))));
    }

    #[test]
    fn pinned_errors_are_read_by_name_and_line() {
        let stderr = "warning: unused\n --> src/x.rs:1:1\n\nerror[E0597]: `clock` does not live long enough\n  --> grader/checks/l/compile/a.fail.rs:12:17\n   |\n12 |     timeit(&clock)\n\nerror: unused `TimeIt` that must be used\n --> grader/checks/l/compile/a.fail.rs:7:5\n  |\nnote: the lint level is defined here\n --> x.rs:1:9\n  |\n1 | #![deny(unused_must_use)]\n";
        let pinned = parse_pinned(stderr);
        let all: Vec<(&str, u64)> = pinned.iter().map(|pinned| (pinned.name.as_str(), pinned.line)).collect();
        assert_eq!(all, [("E0597", 12), ("unused_must_use", 7)]);
        let bare = parse_pinned("error: expected `;`\n --> a.fail.rs:3:5\n");
        assert_eq!(bare, [Pinned { name: "expected `;`".to_owned(), line: 3 }]);
    }
}
