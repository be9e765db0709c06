//! What happens on the road, told while it goes on: to which lesson, check and seed, and how long it took.
//!
//! Progress on a terminal, the benchmark's figures and whatever else follows a grading live on these; nothing else calls
//! back. An event is data: who listens decides whether it is shown, kept or dropped.

use crate::course::LessonId;
use std::time::Duration;

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The lesson that it belongs to; none for what is made once for all of them.
    pub lesson: Option<LessonId>,
    /// What happened.
    pub what: What,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Somebody else holds this; we wait until they let go of it.
    Waits(Held),
    /// These crates are compiled now, once for all lessons that use them. It takes seconds.
    BuildsDependencies(Vec<String>),
    /// A program of the course's own is compiled now, to be compared with.
    BuildsReference,
    /// The grading of a submission begins.
    Begins,
    /// A stage of it is over.
    Stage(Stage, Duration),
    /// A check was run under a seed, and judged.
    Ran {
        /// The check's id.
        check: String,
        /// The seed.
        seed: u64,
        /// Whether the run was as expected.
        passed: bool,
        /// From its start to its end.
        took: Duration,
    },
    /// The submission has its report.
    Over(Duration),
}

/// What two may want at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// The build folder of this lesson's submission.
    Submission,
    /// The folder of the dependencies.
    Dependencies,
}

/// A stage of a grading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The student's crate is compiled.
    Library,
    /// The probe is compiled and linked with it.
    Probe,
    /// The compile cases are compiled. This goes on beside other stages.
    Cases,
    /// All checks were run.
    Runs,
    /// The student's own tests are compiled against the lesson's services.
    OwnTests,
    /// The crate is compiled once more, to be explored.
    ExploredProgram,
    /// The schedules were explored.
    Schedules,
}

/// Who is told. Called from several threads at once.
pub type Tell = Box<dyn Fn(&Event) + Sync + Send>;
