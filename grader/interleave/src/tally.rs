//! A counter for bodies: to count is no step, so that it adds no schedules and hides none.

use std::cell::Cell;
use std::fmt;
use std::sync::Arc;

/// A number that all clones share, and that no thread can wait for or be stopped at.
#[derive(Clone, Default)]
pub struct Tally(Arc<Shared>);

#[derive(Default)]
struct Shared(Cell<usize>);

// SAFETY: the schedule lets one thread run at a time, and `Tally` is for explored threads only.
unsafe impl Send for Shared {}
unsafe impl Sync for Shared {}

impl Tally {
    /// Zero.
    #[must_use]
    pub fn new() -> Self {
        Tally::default()
    }

    /// One more.
    pub fn add(&self) {
        self.0.0.set(self.0.0.get() + 1);
    }

    /// How many so far.
    #[must_use]
    pub fn get(&self) -> usize {
        self.0.0.get()
    }
}

impl fmt::Debug for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}
