//! `std::sync::Barrier`.

use crate::object::Object;
use crate::record::{Op, Value};
use crate::schedule::{Wish, arrive, came_to, changed, point};
use std::cell::Cell;
use std::fmt;
use std::panic::{Location, RefUnwindSafe, UnwindSafe};

/// As in the standard library.
pub struct Barrier {
    object: Object,
    n: usize,
    here: Cell<usize>,
    round: Cell<usize>,
}

// SAFETY: the schedule lets one thread run at a time.
unsafe impl Send for Barrier {}
unsafe impl Sync for Barrier {}
impl UnwindSafe for Barrier {}
impl RefUnwindSafe for Barrier {}

/// As in the standard library.
pub struct BarrierWaitResult(bool);

impl BarrierWaitResult {
    /// As in the standard library.
    #[must_use]
    pub fn is_leader(&self) -> bool {
        self.0
    }
}

impl fmt::Debug for BarrierWaitResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BarrierWaitResult").field("is_leader", &self.0).finish()
    }
}

impl Barrier {
    /// As in the standard library.
    #[must_use]
    pub const fn new(n: usize) -> Barrier {
        Barrier { object: Object::new(), n, here: Cell::new(0), round: Cell::new(0) }
    }

    /// As in the standard library.
    #[track_caller]
    pub fn wait(&self) -> BarrierWaitResult {
        let place = Location::caller();
        let object = self.object.touch("barrier", self);
        point(Op::new("wait", object, place));
        self.here.set(self.here.get() + 1);
        came_to(Value::Int(self.here.get() as i128));
        changed();
        if self.here.get() >= self.n {
            self.here.set(0);
            self.round.set(self.round.get().wrapping_add(1));
            return BarrierWaitResult(true);
        }
        let round = self.round.get();
        arrive(Op::new("pass", object, place), Wish { ready: &|| self.round.get() != round, ..Wish::NOTHING });
        BarrierWaitResult(false)
    }
}

impl fmt::Debug for Barrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Barrier").finish_non_exhaustive()
    }
}
