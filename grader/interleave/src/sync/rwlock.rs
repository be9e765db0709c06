//! `std::sync::RwLock`. Readers and writers wait alike: nobody goes before the others.

use super::{LockResult, Poison, PoisonError, TryLockError, TryLockResult, let_go};
use crate::object::Object;
use crate::record::{Op, Spot, Value};
use crate::schedule::{Wish, arrive, came_to, changed, look_closely, note, point};
use std::cell::{Cell, UnsafeCell};
use std::fmt;
use std::marker::PhantomData;
use std::mem;
use std::ops::{Deref, DerefMut};
use std::panic::{Location, RefUnwindSafe, UnwindSafe};

/// As in the standard library.
pub struct RwLock<T: ?Sized> {
    object: Object,
    readers: Cell<usize>,
    is_written: Cell<bool>,
    poison: Poison,
    data: UnsafeCell<T>,
}

// SAFETY: the schedule lets one thread run at a time, and the lock one writer or any readers at the data.
unsafe impl<T: ?Sized + Send> Send for RwLock<T> {}
unsafe impl<T: ?Sized + Send + Sync> Sync for RwLock<T> {}
impl<T: ?Sized> UnwindSafe for RwLock<T> {}
impl<T: ?Sized> RefUnwindSafe for RwLock<T> {}

/// As in the standard library.
#[must_use = "if unused the RwLock will immediately unlock"]
pub struct RwLockReadGuard<'a, T: ?Sized + 'a> {
    lock: &'a RwLock<T>,
    place: Spot,
    _stays_on_its_thread: PhantomData<*const ()>,
}

/// As in the standard library.
#[must_use = "if unused the RwLock will immediately unlock"]
pub struct RwLockWriteGuard<'a, T: ?Sized + 'a> {
    lock: &'a RwLock<T>,
    was_panicking: bool,
    place: Spot,
    _stays_on_its_thread: PhantomData<*const ()>,
}

// SAFETY: as for a reference to the data.
unsafe impl<T: ?Sized + Sync> Sync for RwLockReadGuard<'_, T> {}
unsafe impl<T: ?Sized + Sync> Sync for RwLockWriteGuard<'_, T> {}

impl<T> RwLock<T> {
    /// As in the standard library.
    pub const fn new(value: T) -> RwLock<T> {
        RwLock {
            object: Object::new(),
            readers: Cell::new(0),
            is_written: Cell::new(false),
            poison: Poison::new(),
            data: UnsafeCell::new(value),
        }
    }

    /// As in the standard library.
    pub fn into_inner(self) -> LockResult<T> {
        let is_poisoned = self.poison.0.get();
        let data = self.data.into_inner();
        if is_poisoned { Err(PoisonError::new(data)) } else { Ok(data) }
    }
}

impl<T: ?Sized> RwLock<T> {
    /// As in the standard library.
    #[track_caller]
    pub fn read(&self) -> LockResult<RwLockReadGuard<'_, T>> {
        let place = Location::caller();
        arrive(self.op("read", place), Wish { ready: &|| self.may_read(), ..Wish::NOTHING });
        self.reads(place)
    }

    /// As in the standard library.
    #[track_caller]
    pub fn write(&self) -> LockResult<RwLockWriteGuard<'_, T>> {
        let place = Location::caller();
        arrive(self.op("write", place), Wish { ready: &|| self.may_write(), ..Wish::NOTHING });
        self.writes(place)
    }

    /// As in the standard library.
    #[track_caller]
    pub fn try_read(&self) -> TryLockResult<RwLockReadGuard<'_, T>> {
        let place = Location::caller();
        look_closely();
        point(self.op("try_read", place));
        came_to(Value::Bool(self.may_read()));
        if self.may_read() { Ok(self.reads(place)?) } else { Err(TryLockError::WouldBlock) }
    }

    /// As in the standard library.
    #[track_caller]
    pub fn try_write(&self) -> TryLockResult<RwLockWriteGuard<'_, T>> {
        let place = Location::caller();
        look_closely();
        point(self.op("try_write", place));
        came_to(Value::Bool(self.may_write()));
        if self.may_write() { Ok(self.writes(place)?) } else { Err(TryLockError::WouldBlock) }
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
        Op::new(what, self.object.touch("rwlock", self), place)
    }

    fn may_read(&self) -> bool {
        !self.is_written.get()
    }

    fn may_write(&self) -> bool {
        !self.is_written.get() && self.readers.get() == 0
    }

    fn reads(&self, place: Spot) -> LockResult<RwLockReadGuard<'_, T>> {
        self.readers.set(self.readers.get() + 1);
        self.poison.wrap(RwLockReadGuard { lock: self, place, _stays_on_its_thread: PhantomData })
    }

    fn writes(&self, place: Spot) -> LockResult<RwLockWriteGuard<'_, T>> {
        self.is_written.set(true);
        let was_panicking = std::thread::panicking();
        self.poison.wrap(RwLockWriteGuard { lock: self, was_panicking, place, _stays_on_its_thread: PhantomData })
    }
}

impl<'a, T: ?Sized> RwLockWriteGuard<'a, T> {
    /// As in the standard library.
    #[track_caller]
    pub fn downgrade(this: Self) -> RwLockReadGuard<'a, T> {
        let (lock, place) = (this.lock, Location::caller());
        mem::forget(this);
        note(lock.op("downgrade", place));
        lock.is_written.set(false);
        lock.readers.set(1);
        RwLockReadGuard { lock, place, _stays_on_its_thread: PhantomData }
    }
}

impl<T: ?Sized> Drop for RwLockReadGuard<'_, T> {
    fn drop(&mut self) {
        let_go(self.lock.op("unlock", self.place));
        self.lock.readers.set(self.lock.readers.get() - 1);
    }
}

impl<T: ?Sized> Drop for RwLockWriteGuard<'_, T> {
    fn drop(&mut self) {
        let_go(self.lock.op("unlock", self.place));
        self.lock.poison.at_the_end(self.was_panicking);
        self.lock.is_written.set(false);
    }
}

impl<T: ?Sized> Deref for RwLockReadGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: nobody writes while it is read.
        unsafe { &*self.lock.data.get() }
    }
}

impl<T: ?Sized> Deref for RwLockWriteGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: nobody else has it.
        unsafe { &*self.lock.data.get() }
    }
}

impl<T: ?Sized> DerefMut for RwLockWriteGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        changed();
        // SAFETY: nobody else has it.
        unsafe { &mut *self.lock.data.get() }
    }
}

macro_rules! shown_as_the_data {
    ($($guard:ident)*) => { $(
        impl<T: ?Sized + fmt::Debug> fmt::Debug for $guard<'_, T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                (**self).fmt(f)
            }
        }

        impl<T: ?Sized + fmt::Display> fmt::Display for $guard<'_, T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                (**self).fmt(f)
            }
        }
    )* };
}

shown_as_the_data! { RwLockReadGuard RwLockWriteGuard }

impl<T> From<T> for RwLock<T> {
    fn from(value: T) -> Self {
        RwLock::new(value)
    }
}

impl<T: Default> Default for RwLock<T> {
    fn default() -> Self {
        RwLock::new(T::default())
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for RwLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("RwLock");
        match self.try_read() {
            Ok(guard) => shown.field("data", &&*guard),
            Err(TryLockError::Poisoned(error)) => shown.field("data", &&**error.get_ref()),
            Err(TryLockError::WouldBlock) => shown.field("data", &format_args!("<locked>")),
        };
        shown.field("poisoned", &self.poison.0.get()).finish_non_exhaustive()
    }
}
