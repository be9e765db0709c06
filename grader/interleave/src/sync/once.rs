//! `std::sync::Once`.

use crate::object::Object;
use crate::record::{Op, Spot, Value};
use crate::schedule::{Wish, arrive, came_to, changed, point};
use std::cell::Cell;
use std::fmt;
use std::panic::{Location, RefUnwindSafe, UnwindSafe};

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Running,
    Poisoned,
    Complete,
}

/// As in the standard library.
pub struct Once {
    object: Object,
    state: Cell<State>,
}

// SAFETY: the schedule lets one thread run at a time.
unsafe impl Send for Once {}
unsafe impl Sync for Once {}
impl UnwindSafe for Once {}
impl RefUnwindSafe for Once {}

/// As in the standard library.
pub struct OnceState {
    is_poisoned: bool,
}

impl OnceState {
    /// As in the standard library.
    #[must_use]
    pub fn is_poisoned(&self) -> bool {
        self.is_poisoned
    }
}

impl fmt::Debug for OnceState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OnceState").field("poisoned", &self.is_poisoned).finish()
    }
}

/// As in the standard library.
#[deprecated(since = "1.38.0", note = "the `Once::new()` function is now preferred")]
#[expect(clippy::declare_interior_mutable_const, reason = "so it is in the standard library")]
pub const ONCE_INIT: Once = Once::new();

#[expect(clippy::new_without_default, reason = "so it is in the standard library")]
impl Once {
    /// As in the standard library.
    #[must_use]
    pub const fn new() -> Once {
        Once { object: Object::new(), state: Cell::new(State::New) }
    }

    /// As in the standard library.
    #[track_caller]
    pub fn call_once(&self, f: impl FnOnce()) {
        self.call(false, |_| f(), Location::caller());
    }

    /// As in the standard library.
    #[track_caller]
    pub fn call_once_force(&self, f: impl FnOnce(&OnceState)) {
        self.call(true, f, Location::caller());
    }

    /// As in the standard library.
    #[track_caller]
    pub fn is_completed(&self) -> bool {
        point(self.op("is_completed", Location::caller()));
        let answer = self.state.get() == State::Complete;
        came_to(Value::Bool(answer));
        answer
    }

    /// As in the standard library.
    #[track_caller]
    pub fn wait(&self) {
        let ready = || matches!(self.state.get(), State::Complete | State::Poisoned);
        arrive(self.op("wait", Location::caller()), Wish { ready: &ready, ..Wish::NOTHING });
        assert!(self.state.get() == State::Complete, "Once instance has previously been poisoned");
    }

    /// As in the standard library.
    #[track_caller]
    pub fn wait_force(&self) {
        let ready = || self.state.get() == State::Complete;
        arrive(self.op("wait", Location::caller()), Wish { ready: &ready, ..Wish::NOTHING });
    }

    fn op(&self, what: &'static str, place: Spot) -> Op {
        Op::new(what, self.object.touch("once", self), place)
    }

    #[track_caller]
    fn call(&self, force: bool, f: impl FnOnce(&OnceState), place: Spot) {
        let ready = || self.state.get() != State::Running;
        arrive(self.op("call_once", place), Wish { ready: &ready, ..Wish::NOTHING });
        let before = self.state.get();
        came_to(Value::Bool(before != State::Complete));
        match before {
            State::Complete => return,
            State::Poisoned if !force => panic!("Once instance has previously been poisoned"),
            _ => self.state.set(State::Running),
        }
        changed();
        let mut run = Run { once: self, then: State::Poisoned };
        f(&OnceState { is_poisoned: before == State::Poisoned });
        run.then = State::Complete;
    }
}

/// Its end is the end of the call, by a panic as well.
struct Run<'a> {
    once: &'a Once,
    then: State,
}

impl Drop for Run<'_> {
    fn drop(&mut self) {
        self.once.state.set(self.then);
        changed();
    }
}

impl fmt::Debug for Once {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Once").finish_non_exhaustive()
    }
}
