//! `std::sync::OnceLock`.

use crate::object::Object;
use crate::record::{Op, Spot, Value};
use crate::schedule::{Wish, arrive, came_to, changed, point};
use std::cell::{Cell, UnsafeCell};
use std::fmt;
use std::panic::{Location, RefUnwindSafe, UnwindSafe};

/// As in the standard library.
pub struct OnceLock<T> {
    object: Object,
    /// Somebody is making the value.
    busy: Cell<bool>,
    value: UnsafeCell<Option<T>>,
}

// SAFETY: the schedule lets one thread run at a time; the value is only read once it is there.
unsafe impl<T: Send> Send for OnceLock<T> {}
unsafe impl<T: Sync + Send> Sync for OnceLock<T> {}
impl<T: RefUnwindSafe + UnwindSafe> RefUnwindSafe for OnceLock<T> {}
impl<T: UnwindSafe> UnwindSafe for OnceLock<T> {}

impl<T> OnceLock<T> {
    /// As in the standard library.
    #[must_use]
    pub const fn new() -> OnceLock<T> {
        OnceLock { object: Object::new(), busy: Cell::new(false), value: UnsafeCell::new(None) }
    }

    /// As in the standard library.
    #[track_caller]
    pub fn get(&self) -> Option<&T> {
        point(self.op("get", Location::caller()));
        came_to(Value::Bool(self.value().is_some()));
        self.value()
    }

    /// As in the standard library.
    pub fn get_mut(&mut self) -> Option<&mut T> {
        self.value.get_mut().as_mut()
    }

    /// As in the standard library.
    #[track_caller]
    pub fn wait(&self) -> &T {
        let ready = || self.value().is_some();
        arrive(self.op("wait", Location::caller()), Wish { ready: &ready, ..Wish::NOTHING });
        self.value().expect("it was waited for")
    }

    /// As in the standard library.
    ///
    /// # Errors
    /// There is a value; this one comes back.
    #[track_caller]
    pub fn set(&self, value: T) -> Result<(), T> {
        let mut value = Some(value);
        self.fill(self.op("set", Location::caller()), || value.take().expect("called once"));
        value.map_or(Ok(()), Err)
    }

    /// As in the standard library.
    #[track_caller]
    pub fn get_or_init(&self, f: impl FnOnce() -> T) -> &T {
        self.fill(self.op("get_or_init", Location::caller()), f);
        self.value().expect("it is there or was just made")
    }

    /// As in the standard library.
    pub fn into_inner(self) -> Option<T> {
        self.value.into_inner()
    }

    /// As in the standard library.
    pub fn take(&mut self) -> Option<T> {
        self.value.get_mut().take()
    }

    fn op(&self, what: &'static str, place: Spot) -> Op {
        Op::new(what, self.object.touch("once lock", self), place)
    }

    fn value(&self) -> Option<&T> {
        // SAFETY: it changes once, from nothing.
        unsafe { &*self.value.get() }.as_ref()
    }

    /// Makes the value if there is none. A panic leaves it to the next one.
    fn fill(&self, op: Op, f: impl FnOnce() -> T) {
        struct Busy<'a>(&'a Cell<bool>);

        impl Drop for Busy<'_> {
            fn drop(&mut self) {
                self.0.set(false);
                changed();
            }
        }

        arrive(op, Wish { ready: &|| !self.busy.get(), ..Wish::NOTHING });
        came_to(Value::Bool(self.value().is_none()));
        if self.value().is_none() {
            self.busy.set(true);
            let busy = Busy(&self.busy);
            let value = f();
            // SAFETY: nobody reads before there is a value, and nobody else makes one while it is busy.
            unsafe { *self.value.get() = Some(value) };
            drop(busy);
        }
    }
}

impl<T> Default for OnceLock<T> {
    fn default() -> Self {
        OnceLock::new()
    }
}

impl<T: fmt::Debug> fmt::Debug for OnceLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_tuple("OnceLock");
        match self.value() {
            Some(value) => shown.field(value),
            None => shown.field(&format_args!("<uninit>")),
        };
        shown.finish()
    }
}

impl<T: Clone> Clone for OnceLock<T> {
    fn clone(&self) -> Self {
        OnceLock { value: UnsafeCell::new(self.value().cloned()), ..OnceLock::new() }
    }
}

impl<T> From<T> for OnceLock<T> {
    fn from(value: T) -> Self {
        OnceLock { value: UnsafeCell::new(Some(value)), ..OnceLock::new() }
    }
}

impl<T: PartialEq> PartialEq for OnceLock<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value() == other.value()
    }
}

impl<T: Eq> Eq for OnceLock<T> {}
