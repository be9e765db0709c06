//! What a student's own tests are worth: by how they ended on services of ours, right and broken.

use super::{TODO, judge_run};
use crate::error::{Error, Result};
use crate::lesson::Bounds;
use crate::observe::Observation;
use crate::outcome::{Failure, FaultKind, Outcome};
use crate::transcript::Part;
use crate::tried::{Came, Tried};
use probe::wire::Tested;

/// Judges one run of a student's own tests: what they came to on the service that they were run against.
///
/// Only a run that ended by the last frame counts. Fails if we or the machine broke it.
pub fn judge_own_tests(observation: &Observation, bounds: &Bounds) -> Result<Came> {
    match judge_run(observation, &observation.transcript.text(), 0, bounds) {
        Outcome::Passed => {}
        Outcome::Fault(fault) => return Ok(Came::Broke(fault.kind)),
        Outcome::GraderFault(why) => return Err(Error::machine(why)),
        Outcome::Failed(_) | Outcome::NotRun(_) => return Ok(Came::Broke(FaultKind::EndedEarly(0))),
    }
    let frames: Vec<&Part> =
        observation.transcript.parts.iter().filter(|part| !matches!(part, Part::Text(_))).collect();
    let Some((Part::End, tests)) = frames.split_last() else { return Ok(Came::Broke(FaultKind::EndedEarly(0))) };
    let told = |part: &&Part| if let Part::Mark(text) = part { Tested::read(text) } else { None };
    let Some(told) = tests.iter().map(told).collect::<Option<Vec<Tested>>>() else {
        return Ok(Came::Broke(FaultKind::EndedEarly(0)));
    };
    if told.is_empty() {
        return Ok(Came::NoTest);
    }
    let failed = told.into_iter().find_map(|test| Some((test.name, test.failed?)));
    Ok(failed.map_or(Came::Passed, |(test, (message, at))| Came::Failed { test, message, at }))
}

/// What a student's tests are worth, by what came of them on each service.
pub fn judge_tried(tried: Vec<Tried>) -> Outcome {
    if tried.iter().all(Tried::told) {
        return Outcome::Passed;
    }
    let unwritten = tried.iter().filter(|it| it.flaw.is_none()).find_map(|it| match &it.came {
        Came::Failed { message, at, .. } if message.starts_with(TODO) => Some(at.clone()),
        _ => None,
    });
    Outcome::Failed(unwritten.map_or(Failure::OwnTests(tried), |at| Failure::Todo { at }))
}

#[cfg(test)]
mod tests {
    use super::super::tests::run;
    use super::*;
    use process::Ended;

    fn own_tests(parts: &[Part], ended: Ended) -> Came {
        judge_own_tests(&run(parts, ended), &Bounds::default()).unwrap()
    }

    fn tested(name: &str, failed: Option<&str>) -> Part {
        let failed = failed.map(|message| (message.to_owned(), "src/tests.rs:3:5".to_owned()));
        Part::Mark(Tested { name: name.to_owned(), failed }.write())
    }

    #[test]
    fn how_tests_ended_counts_only_with_the_last_frame() {
        let text = Part::Text("printed\n".to_owned());
        let (good, bad) = (tested("a", None), tested("b", Some("no")));
        assert_eq!(own_tests(&[text.clone(), good.clone(), Part::End], Ended::Code(0)), Came::Passed);
        let failed = Came::Failed { test: "b".to_owned(), message: "no".to_owned(), at: "src/tests.rs:3:5".to_owned() };
        assert_eq!(own_tests(&[good.clone(), text, bad.clone(), Part::End], Ended::Code(0)), failed);
        assert_eq!(own_tests(&[Part::End], Ended::Code(0)), Came::NoTest);
        for (parts, ended) in [
            (vec![], Ended::Code(0)),
            (vec![good.clone()], Ended::Code(0)),
            (vec![bad.clone()], Ended::Code(101)),
            (vec![bad.clone(), Part::End], Ended::Code(101)),
            (vec![bad.clone(), Part::End], Ended::Deadline),
            (vec![bad.clone(), Part::End, good.clone()], Ended::Code(0)),
            (vec![Part::End, bad, Part::End], Ended::Code(0)),
            (vec![Part::Mark("a\u{1f}b".to_owned()), Part::End], Ended::Code(0)),
        ] {
            assert!(matches!(own_tests(&parts, ended), Came::Broke(_)), "{parts:?} {ended:?}");
        }
    }

    #[test]
    fn tests_pass_that_tell_every_service_for_what_it_is() {
        let flaw = || Some(crate::words::Text { en: "stops".to_owned(), ru: "стоит".to_owned() });
        let fails = |message: &str| Came::Failed {
            test: "t".to_owned(),
            message: message.to_owned(),
            at: "src/tests.rs:3:5".to_owned(),
        };
        let judge = |right: Came, broken: Came| {
            judge_tried(vec![Tried { flaw: None, came: right }, Tried { flaw: flaw(), came: broken }])
        };
        assert_eq!(judge(Came::Passed, fails("no")), Outcome::Passed);
        for (right, broken) in [
            (Came::Passed, Came::Passed),
            (fails("no"), fails("no")),
            (Came::NoTest, Came::NoTest),
            (Came::Passed, Came::Wavers),
            (Came::Wavers, fails("no")),
            (Came::Passed, Came::Broke(FaultKind::Hang { deadline_ms: 4000 })),
            (Came::Broke(FaultKind::EndedEarly(0)), Came::Broke(FaultKind::EndedEarly(0))),
        ] {
            assert!(matches!(judge(right, broken), Outcome::Failed(Failure::OwnTests(_))));
        }
        let todo = judge(fails("not yet implemented"), fails("not yet implemented"));
        assert_eq!(todo, Outcome::Failed(Failure::Todo { at: "src/tests.rs:3:5".to_owned() }));
    }
}
