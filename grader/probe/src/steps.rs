//! What a task of a scheduler does in a check: so many steps, each of them a mark.

use crate::{OnDrop, mark};

/// A task's work, whatever a lesson calls a task: the lesson's own trait is put around it.
///
/// ```
/// let mut steps = probe::Steps::with_yields("tarimo", 1);
/// assert!(steps.take(), "it yields");
/// assert!(!steps.take(), "it returns");
/// ```
pub struct Steps {
    name: String,
    yields: usize,
    taken: usize,
    _local: Option<OnDrop>,
}

impl Steps {
    /// A task that never ends.
    pub fn endless(name: &str) -> Self {
        Steps::with_yields(name, usize::MAX)
    }

    /// A task that yields this often, then returns: one step more.
    pub fn with_yields(name: &str, yields: usize) -> Self {
        Steps { name: name.to_owned(), yields, taken: 0, _local: None }
    }

    /// The same, and its drop will be seen.
    pub fn watched(name: &str, yields: usize) -> Self {
        Steps { _local: Some(OnDrop::named(name)), ..Steps::with_yields(name, yields) }
    }

    /// Takes a step and marks it; `false` when it was the last. Panics when there is none left.
    pub fn take(&mut self) -> bool {
        let name = &self.name;
        assert!(self.taken <= self.yields, "{name} was resumed after it had returned");
        self.taken += 1;
        let returns = self.taken > self.yields;
        mark!("{name}: step {}{}", self.taken, if returns { ", returns" } else { "" });
        !returns
    }
}
