//! What an exploration tells, as data. `wire::text` has the form in which it travels from one process to another.
//!
//! This module depends on nothing, not even on the rest of the crate. It must not know how schedules are made.

mod text;

pub use text::{ReadError, read, write};

/// What came of an exploration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Explored {
    /// No schedule broke anything.
    Holds(Holds),
    /// A schedule did, and the exploration ended with it.
    Broken(Broken),
    /// The program can't be judged this way; that says nothing against it.
    NotExplored {
        /// Why not, in a short sentence.
        why: String,
    },
}

/// All that was explored went well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holds {
    /// How many schedules were explored.
    pub schedules: u64,
    /// There are no others. Otherwise a bound cut the search.
    pub complete: bool,
    /// The most preemptions for which all schedules were explored.
    pub preemptions: u32,
    /// What the program printed: each distinct text once, in the order in which they first came.
    pub transcripts: Vec<Transcript>,
}

/// What some of the schedules printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transcript {
    /// All that was printed in a schedule, on whichever thread.
    pub text: String,
    /// How many schedules printed just this.
    pub schedules: u64,
    /// The number of the first of them, from 1.
    pub first: u64,
    /// The preemptions in that one.
    pub preemptions: u32,
    /// The steps of that one.
    pub steps: Vec<Step>,
}

/// A schedule that breaks the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Its number, from 1: so many schedules had been explored then.
    pub schedule: u64,
    /// How often a thread that could have gone on had to stop for another one.
    pub preemptions: u32,
    /// What went wrong.
    pub what: What,
    /// What was printed until then.
    pub printed: String,
    /// All steps until then, in order.
    pub steps: Vec<Step>,
}

/// In which way a schedule went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The body is not over, and no thread can go on: these wait, for ever.
    Deadlock(Vec<Waiting>),
    /// The body is over, and these threads wait for ever. Told only if all threads have to end.
    Leak(Vec<Waiting>),
    /// Nothing gets any further: threads ask again and again for what does not come.
    Livelock {
        /// The steps that were taken.
        steps: u64,
        /// The threads that ask, and where; or those that have to wait meanwhile.
        busy: Vec<Waiting>,
    },
    /// The body panicked.
    Panic {
        /// What the panic said.
        message: String,
        /// Where it was raised, if that is known.
        place: Option<Place>,
    },
    /// The body said that something it had been promised does not hold.
    Promise {
        /// The body's own words.
        text: String,
        /// Where in the body.
        place: Place,
    },
}

/// A thread, and what it stands before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The thread's number in the schedule; the body runs on thread 0.
    pub thread: usize,
    /// Its name, if it has one.
    pub name: Option<String>,
    /// Where in the sources.
    pub place: Place,
    /// What it would do; a word of [`Step::what`].
    pub what: String,
    /// With what; see [`Step::object`].
    pub object: Option<String>,
}

/// One thing that a thread did and others can notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The thread's number in the schedule; the body runs on thread 0.
    pub thread: usize,
    /// Its name, if it has one.
    pub name: Option<String>,
    /// Where in the sources. What ends by itself at the end of a scope (a lock, a sender) has the place where it began.
    pub place: Place,
    /// A fixed word for what is done, named like the operation: `lock`, `unlock`, `load`, `recv`, `park`, `spawn`, `end` …
    pub what: String,
    /// The thing that it is done with, numbered by its kind in the order of first use in this schedule: `mutex 1`.
    pub object: Option<String>,
    /// What came of it, or was put in: `true`, `42`, `timed out`.
    pub value: Option<String>,
    /// The thread has come here and can't go on yet. A later step tells when it did.
    pub waits: bool,
}

/// A line of a source file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    /// The file, as the compiler was told to call it.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
}
