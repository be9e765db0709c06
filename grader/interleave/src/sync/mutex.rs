//! `std::sync::Mutex`. Whoever waits for it may get it next.

use super::{LockResult, Poison, PoisonError, TryLockError, TryLockResult, let_go};
use crate::object::Object;
use crate::record::{Op, Spot, Value};
use crate::schedule::{Wish, arrive, came_to, changed, look_closely, point};
use std::cell::{Cell, UnsafeCell};
use std::fmt;
use std::marker::PhantomData;
use std::mem;
use std::ops::{Deref, DerefMut};
use std::panic::{Location, RefUnwindSafe, UnwindSafe};

/// As in the standard library.
pub struct Mutex<T: ?Sized> {
    object: Object,
    held: Cell<bool>,
    poison: Poison,
    data: UnsafeCell<T>,
}

// SAFETY: the schedule lets one thread run at a time, and the lock one thread at the data.
unsafe impl<T: ?Sized + Send> Send for Mutex<T> {}
unsafe impl<T: ?Sized + Send> Sync for Mutex<T> {}
impl<T: ?Sized> UnwindSafe for Mutex<T> {}
impl<T: ?Sized> RefUnwindSafe for Mutex<T> {}

/// As in the standard library.
#[must_use = "if unused the Mutex will immediately unlock"]
pub struct MutexGuard<'a, T: ?Sized + 'a> {
    mutex: &'a Mutex<T>,
    was_panicking: bool,
    place: Spot,
    _stays_on_its_thread: PhantomData<*const ()>,
}

// SAFETY: as for a reference to the data.
unsafe impl<T: ?Sized + Sync> Sync for MutexGuard<'_, T> {}

impl<T> Mutex<T> {
    /// As in the standard library.
    pub const fn new(value: T) -> Mutex<T> {
        Mutex { object: Object::new(), held: Cell::new(false), poison: Poison::new(), data: UnsafeCell::new(value) }
    }

    /// As in the standard library.
    pub fn into_inner(self) -> LockResult<T> {
        let is_poisoned = self.poison.0.get();
        let data = self.data.into_inner();
        if is_poisoned { Err(PoisonError::new(data)) } else { Ok(data) }
    }
}

impl<T: ?Sized> Mutex<T> {
    /// As in the standard library. A thread that has it already waits for ever.
    #[track_caller]
    pub fn lock(&self) -> LockResult<MutexGuard<'_, T>> {
        let place = Location::caller();
        arrive(self.op("lock", place), Wish { ready: &|| self.is_free(), ..Wish::NOTHING });
        self.taken(place)
    }

    /// As in the standard library.
    #[track_caller]
    pub fn try_lock(&self) -> TryLockResult<MutexGuard<'_, T>> {
        let place = Location::caller();
        look_closely();
        point(self.op("try_lock", place));
        came_to(Value::Bool(self.is_free()));
        if !self.is_free() {
            return Err(TryLockError::WouldBlock);
        }
        Ok(self.taken(place)?)
    }

    /// As in the standard library.
    #[track_caller]
    pub fn is_poisoned(&self) -> bool {
        point(self.op("is_poisoned", Location::caller()));
        came_to(Value::Bool(self.poison.0.get()));
        self.poison.0.get()
    }

    /// As in the standard library.
    #[track_caller]
    pub fn clear_poison(&self) {
        point(self.op("clear_poison", Location::caller()));
        self.poison.0.set(false);
        changed();
    }

    /// As in the standard library.
    pub fn get_mut(&mut self) -> LockResult<&mut T> {
        self.poison.wrap(self.data.get_mut())
    }

    fn op(&self, what: &'static str, place: Spot) -> Op {
        Op::new(what, self.object.touch("mutex", self), place)
    }

    pub(super) fn is_free(&self) -> bool {
        !self.held.get()
    }

    /// It is free, and this thread takes it.
    pub(super) fn taken(&self, place: Spot) -> LockResult<MutexGuard<'_, T>> {
        self.held.set(true);
        let was_panicking = std::thread::panicking();
        self.poison.wrap(MutexGuard { mutex: self, was_panicking, place, _stays_on_its_thread: PhantomData })
    }

    fn release(&self, was_panicking: bool) {
        self.poison.at_the_end(was_panicking);
        self.held.set(false);
    }
}

impl<'a, T: ?Sized> MutexGuard<'a, T> {
    /// Lets go as a part of another step.
    pub(super) fn release(self) -> &'a Mutex<T> {
        let (mutex, was_panicking) = (self.mutex, self.was_panicking);
        mem::forget(self);
        mutex.release(was_panicking);
        mutex
    }
}

impl<T: ?Sized> Drop for MutexGuard<'_, T> {
    fn drop(&mut self) {
        let_go(self.mutex.op("unlock", self.place));
        self.mutex.release(self.was_panicking);
    }
}

impl<T: ?Sized> Deref for MutexGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: the lock is held.
        unsafe { &*self.mutex.data.get() }
    }
}

impl<T: ?Sized> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        changed();
        // SAFETY: the lock is held.
        unsafe { &mut *self.mutex.data.get() }
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for MutexGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: ?Sized + fmt::Display> fmt::Display for MutexGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T> From<T> for Mutex<T> {
    fn from(value: T) -> Self {
        Mutex::new(value)
    }
}

impl<T: Default> Default for Mutex<T> {
    fn default() -> Self {
        Mutex::new(T::default())
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for Mutex<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Mutex");
        match self.try_lock() {
            Ok(guard) => shown.field("data", &&*guard),
            Err(TryLockError::Poisoned(error)) => shown.field("data", &&**error.get_ref()),
            Err(TryLockError::WouldBlock) => shown.field("data", &"<locked>"),
        };
        shown.field("poisoned", &self.poison.0.get()).finish_non_exhaustive()
    }
}
