//! What came of a learner's own tests on one service: data, and what it means for the tests.

use crate::outcome::FaultKind;
use crate::words::Text;

/// A service that the tests were run against, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// What it does wrong; nothing, if it is right.
    pub flaw: Option<Text>,
    /// What the tests came to.
    pub came: Came,
}

/// What the tests came to on a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Came {
    /// All of them passed.
    Passed,
    /// This one failed.
    Failed {
        /// `tests::drops_the_slow_one`.
        test: String,
        /// What it said.
        message: String,
        /// `path:line:column` of the panic, empty if there is none.
        at: String,
    },
    /// There is no test.
    NoTest,
    /// The run broke, so that nothing was told: a test that never ends, or one that leaves the process.
    Broke(FaultKind),
    /// They came to one thing in one run and to another in the next.
    Wavers,
}

impl Tried {
    /// Whether the tests tell this service for what it is.
    pub fn told(&self) -> bool {
        match &self.flaw {
            None => self.came == Came::Passed,
            Some(_) => matches!(self.came, Came::Failed { .. }),
        }
    }

    /// Where a test failed that should have passed.
    pub(crate) fn wrongly_failed_at(&self) -> Option<&str> {
        match (&self.flaw, &self.came) {
            (None, Came::Failed { at, .. }) if !at.is_empty() => Some(at),
            _ => None,
        }
    }
}

/// What came of all services as one text: two programs whose tests tell the same services apart have the same.
pub fn print(tried: &[Tried]) -> String {
    let line = |it: &Tried| {
        let what = it.flaw.as_ref().map_or("right", |flaw| flaw.en.as_str());
        let came = match &it.came {
            Came::Passed => "passes",
            Came::Failed { .. } => "fails",
            Came::NoTest => "no test",
            Came::Broke(FaultKind::Hang { .. }) => "hangs",
            Came::Broke(FaultKind::Busy { .. }) => "is busy",
            Came::Broke(_) => "breaks",
            Came::Wavers => "wavers",
        };
        format!("{what}: {came}\n")
    };
    tried.iter().map(line).collect()
}
