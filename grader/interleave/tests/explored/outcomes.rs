//! Every way in which an exploration can end, on small programs.

use crate::compile::{explored, package};
use interleave::wire::{Broken, Explored, What};

fn told() -> Vec<(String, Explored)> {
    explored(None, &package().join("tests/bodies/outcomes.rs"))
}

#[test]
fn each_outcome_has_a_name_of_its_own() {
    for (name, it) in told() {
        let found = match &it {
            Explored::Holds(holds) if holds.complete => "holds in all",
            Explored::Holds(_) => "holds as far as it goes",
            Explored::Broken(Broken { what, steps, .. }) => {
                assert!(!steps.is_empty(), "{name} has no steps");
                match what {
                    What::Deadlock(_) => "deadlock",
                    What::Leak(_) => "leak",
                    What::Livelock { .. } => "livelock",
                    What::Panic { place: Some(_), .. } => "panic",
                    What::Panic { place: None, .. } => "panic from nowhere",
                    What::Promise { .. } => "promise",
                }
            }
            Explored::NotExplored { .. } => "not explored",
        };
        // A body is named like what is expected, and what it is about.
        let expected = name.split(": ").next().expect("a name");
        assert_eq!(found, expected, "{name}: {it:#?}");
    }
}

#[test]
fn a_schedule_that_prints_something_else_is_told() {
    let told = told();
    let (_, it) = told.iter().find(|(name, _)| name.ends_with("prints either way")).expect("there is such a body");
    let Explored::Holds(holds) = it else { panic!("{it:#?}") };
    let texts: Vec<&str> = holds.transcripts.iter().map(|transcript| transcript.text.as_str()).collect();
    assert_eq!(texts, ["here\nthere\n", "there\nhere\n"]);
    assert_eq!(holds.transcripts.iter().map(|transcript| transcript.schedules).sum::<u64>(), holds.schedules);
}
