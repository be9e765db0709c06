//! `std::sync::LazyLock`.

use crate::object::Object;
use crate::record::{Op, Spot, Value};
use crate::schedule::{Wish, arrive, came_to, changed, point};
use std::cell::UnsafeCell;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::panic::{Location, RefUnwindSafe, UnwindSafe};

enum State<T, F> {
    New(F),
    Busy,
    Poisoned,
    Made(T),
}

/// As in the standard library.
pub struct LazyLock<T, F = fn() -> T> {
    object: Object,
    state: UnsafeCell<State<T, F>>,
}

// SAFETY: the schedule lets one thread run at a time; the value is only read once it is there.
unsafe impl<T: Sync + Send, F: Send> Sync for LazyLock<T, F> {}
impl<T: RefUnwindSafe + UnwindSafe, F: UnwindSafe> RefUnwindSafe for LazyLock<T, F> {}
impl<T: UnwindSafe, F: UnwindSafe> UnwindSafe for LazyLock<T, F> {}

impl<T, F> LazyLock<T, F> {
    fn state(&self) -> &State<T, F> {
        // SAFETY: nobody keeps it over a change; see `force`.
        unsafe { &*self.state.get() }
    }

    fn set(&self, state: State<T, F>) -> State<T, F> {
        // SAFETY: nobody keeps a reference into any state but `Made`, which is the last one.
        unsafe { std::mem::replace(&mut *self.state.get(), state) }
    }

    fn op(&self, what: &'static str, place: Spot) -> Op {
        Op::new(what, self.object.touch("lazy lock", self), place)
    }

    /// As in the standard library.
    #[track_caller]
    pub fn get(this: &LazyLock<T, F>) -> Option<&T> {
        point(this.op("get", Location::caller()));
        match this.state() {
            State::Made(value) => Some(value),
            _ => None,
        }
    }

    /// As in the standard library.
    pub fn get_mut(this: &mut LazyLock<T, F>) -> Option<&mut T> {
        match this.state.get_mut() {
            State::Made(value) => Some(value),
            _ => None,
        }
    }
}

impl<T, F: FnOnce() -> T> LazyLock<T, F> {
    /// As in the standard library.
    pub const fn new(f: F) -> LazyLock<T, F> {
        LazyLock { object: Object::new(), state: UnsafeCell::new(State::New(f)) }
    }

    /// As in the standard library.
    #[track_caller]
    pub fn force(this: &LazyLock<T, F>) -> &T {
        struct Poisons<'a, T, F>(Option<&'a LazyLock<T, F>>);

        impl<T, F> Drop for Poisons<'_, T, F> {
            fn drop(&mut self) {
                if let Some(lazy) = self.0 {
                    lazy.set(State::Poisoned);
                    changed();
                }
            }
        }

        let ready = || !matches!(this.state(), State::Busy);
        arrive(this.op("force", Location::caller()), Wish { ready: &ready, ..Wish::NOTHING });
        came_to(Value::Bool(matches!(this.state(), State::New(_))));
        if let State::New(_) = this.state()
            && let State::New(f) = this.set(State::Busy)
        {
            changed();
            let mut poisons = Poisons(Some(this));
            let value = f();
            poisons.0 = None;
            this.set(State::Made(value));
            changed();
        }
        match this.state() {
            State::Made(value) => value,
            _ => panic!("LazyLock instance has previously been poisoned"),
        }
    }

    /// As in the standard library.
    #[track_caller]
    pub fn force_mut(this: &mut LazyLock<T, F>) -> &mut T {
        LazyLock::force(this);
        LazyLock::get_mut(this).expect("it was just made")
    }
}

impl<T, F: FnOnce() -> T> Deref for LazyLock<T, F> {
    type Target = T;

    #[track_caller]
    fn deref(&self) -> &T {
        LazyLock::force(self)
    }
}

impl<T, F: FnOnce() -> T> DerefMut for LazyLock<T, F> {
    #[track_caller]
    fn deref_mut(&mut self) -> &mut T {
        LazyLock::force_mut(self)
    }
}

impl<T: Default> Default for LazyLock<T> {
    fn default() -> Self {
        LazyLock::new(T::default)
    }
}

impl<T: fmt::Debug, F> fmt::Debug for LazyLock<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_tuple("LazyLock");
        match self.state() {
            State::Made(value) => shown.field(value),
            _ => shown.field(&format_args!("<uninit>")),
        };
        shown.finish()
    }
}
