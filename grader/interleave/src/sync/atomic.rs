//! `std::sync::atomic`. Every operation is one step, and all threads see all steps in one order: orderings are checked
//! for being allowed, and are otherwise taken as `SeqCst`.

use crate::object::Object;
use crate::record::{Op, Spot, Value};
use crate::schedule::{came_to, changed, point};
use std::cell::UnsafeCell;
use std::fmt;
use std::panic::{Location, RefUnwindSafe};

pub use std::sync::atomic::{Ordering, compiler_fence};

/// As in the standard library; there is one order without it already.
#[track_caller]
pub fn fence(order: Ordering) {
    assert!(order != Ordering::Relaxed, "there is no such thing as a relaxed fence");
}

/// As in the standard library.
#[deprecated(since = "1.51.0", note = "use hint::spin_loop instead")]
#[track_caller]
pub fn spin_loop_hint() {
    crate::hint::spin_loop();
}

/// How a value is told in a step.
trait Told: Copy + PartialEq {
    fn told(self) -> Value;
}

impl Told for bool {
    fn told(self) -> Value {
        Value::Bool(self)
    }
}

impl<T> Told for *mut T {
    fn told(self) -> Value {
        Value::Word(if self.is_null() { "null" } else { "a pointer" })
    }
}

#[track_caller]
fn may_load(order: Ordering) {
    assert!(
        matches!(order, Ordering::Relaxed | Ordering::Acquire | Ordering::SeqCst),
        "there is no such thing as a release load, nor an acquire-release one",
    );
}

#[track_caller]
fn may_store(order: Ordering) {
    assert!(
        matches!(order, Ordering::Relaxed | Ordering::Release | Ordering::SeqCst),
        "there is no such thing as an acquire store, nor an acquire-release one",
    );
}

/// What all atomics have. `$inside` are the generics that they are for.
macro_rules! atomic {
    ($name:ident, $value:ty, [$($generics:tt)*]) => {
        /// As in the standard library.
        #[repr(C)]
        pub struct $name $($generics)* {
            value: UnsafeCell<$value>,
            object: Object,
        }

        // SAFETY: the schedule lets one thread run at a time.
        unsafe impl $($generics)* Send for $name $($generics)* {}
        unsafe impl $($generics)* Sync for $name $($generics)* {}
        impl $($generics)* RefUnwindSafe for $name $($generics)* {}

        impl $($generics)* $name $($generics)* {
            /// As in the standard library.
            #[must_use]
            pub const fn new(value: $value) -> Self {
                Self { value: UnsafeCell::new(value), object: Object::new() }
            }

            /// As in the standard library.
            pub const fn get_mut(&mut self) -> &mut $value {
                self.value.get_mut()
            }

            /// As in the standard library.
            pub const fn into_inner(self) -> $value {
                self.value.into_inner()
            }

            /// As in the standard library.
            pub const fn as_ptr(&self) -> *mut $value {
                self.value.get()
            }

            /// As in the standard library.
            #[track_caller]
            pub fn load(&self, order: Ordering) -> $value {
                may_load(order);
                self.step("load", Location::caller(), |it| *it)
            }

            /// As in the standard library.
            #[track_caller]
            pub fn store(&self, value: $value, order: Ordering) {
                may_store(order);
                self.step("store", Location::caller(), |it| {
                    *it = value;
                    value
                });
            }

            /// As in the standard library.
            #[track_caller]
            pub fn swap(&self, value: $value, _: Ordering) -> $value {
                self.step("swap", Location::caller(), |it| std::mem::replace(it, value))
            }

            /// As in the standard library.
            ///
            /// # Errors
            /// It is another value, this one.
            #[track_caller]
            pub fn compare_exchange(
                &self,
                current: $value,
                new: $value,
                _: Ordering,
                failure: Ordering,
            ) -> Result<$value, $value> {
                may_load(failure);
                let before = self.step("compare_exchange", Location::caller(), |it| {
                    let before = *it;
                    if before == current {
                        *it = new;
                    }
                    before
                });
                if before == current { Ok(before) } else { Err(before) }
            }

            /// As in the standard library, but never fails without a reason.
            ///
            /// # Errors
            /// It is another value, this one.
            #[track_caller]
            pub fn compare_exchange_weak(
                &self,
                current: $value,
                new: $value,
                success: Ordering,
                failure: Ordering,
            ) -> Result<$value, $value> {
                self.compare_exchange(current, new, success, failure)
            }

            /// As in the standard library.
            #[deprecated(since = "1.50.0", note = "use `compare_exchange` or `compare_exchange_weak` instead")]
            #[track_caller]
            pub fn compare_and_swap(&self, current: $value, new: $value, order: Ordering) -> $value {
                self.compare_exchange(current, new, order, Ordering::Relaxed).unwrap_or_else(|it| it)
            }

            /// As in the standard library.
            ///
            /// # Errors
            /// `f` does not want to change this value.
            #[track_caller]
            pub fn fetch_update(
                &self,
                set: Ordering,
                fetch: Ordering,
                mut f: impl FnMut($value) -> Option<$value>,
            ) -> Result<$value, $value> {
                let mut before = self.load(fetch);
                while let Some(next) = f(before) {
                    match self.compare_exchange(before, next, set, fetch) {
                        Ok(it) => return Ok(it),
                        Err(it) => before = it,
                    }
                }
                Err(before)
            }

            /// As in the standard library.
            ///
            /// # Errors
            /// `f` does not want to change this value.
            #[track_caller]
            pub fn try_update(
                &self,
                set: Ordering,
                fetch: Ordering,
                f: impl FnMut($value) -> Option<$value>,
            ) -> Result<$value, $value> {
                self.fetch_update(set, fetch, f)
            }

            /// As in the standard library.
            #[track_caller]
            pub fn update(&self, set: Ordering, fetch: Ordering, mut f: impl FnMut($value) -> $value) -> $value {
                self.fetch_update(set, fetch, |it| Some(f(it))).unwrap_or_else(|it| it)
            }

            /// One step: what it does to the value, and what is told of it.
            fn step(&self, what: &'static str, place: Spot, f: impl FnOnce(&mut $value) -> $value) -> $value {
                point(Op::new(what, self.object.touch("atomic", self), place));
                // SAFETY: this thread has its turn, and nobody keeps the reference.
                let value = unsafe { &mut *self.value.get() };
                let before = *value;
                let told = f(value);
                if *value != before {
                    changed();
                }
                came_to(told.told());
                told
            }
        }

        impl $($generics)* From<$value> for $name $($generics)* {
            fn from(value: $value) -> Self {
                Self::new(value)
            }
        }

        impl $($generics)* fmt::Debug for $name $($generics)* {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.load(Ordering::Relaxed), f)
            }
        }
    };
}

atomic!(AtomicBool, bool, []);
atomic!(AtomicPtr, *mut T, [<T>]);

impl Default for AtomicBool {
    fn default() -> Self {
        AtomicBool::new(false)
    }
}

impl<T> Default for AtomicPtr<T> {
    fn default() -> Self {
        AtomicPtr::new(std::ptr::null_mut())
    }
}

impl<T> fmt::Pointer for AtomicPtr<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Pointer::fmt(&self.load(Ordering::Relaxed), f)
    }
}

/// Operations that put `f(before, operand)` in the place of `before`, and give that back.
macro_rules! fetches {
    ($value:ty: $($what:ident = $f:expr;)*) => { $(
        /// As in the standard library.
        #[track_caller]
        pub fn $what(&self, operand: $value, _: Ordering) -> $value {
            self.step(stringify!($what), Location::caller(), |it| {
                let f: fn($value, $value) -> $value = $f;
                let next = f(*it, operand);
                std::mem::replace(it, next)
            })
        }
    )* };
}

impl AtomicBool {
    fetches! { bool:
        fetch_and = |a, b| a & b;
        fetch_nand = |a, b| !(a & b);
        fetch_or = |a, b| a | b;
        fetch_xor = |a, b| a ^ b;
    }

    /// As in the standard library.
    #[track_caller]
    pub fn fetch_not(&self, order: Ordering) -> bool {
        self.fetch_xor(true, order)
    }
}

macro_rules! integers {
    ($($name:ident $value:ident)*) => { $(
        atomic!($name, $value, []);

        impl Told for $value {
            fn told(self) -> Value {
                Value::Int(self as i128)
            }
        }

        impl $name {
            fetches! { $value:
                fetch_add = $value::wrapping_add;
                fetch_sub = $value::wrapping_sub;
                fetch_and = |a, b| a & b;
                fetch_nand = |a, b| !(a & b);
                fetch_or = |a, b| a | b;
                fetch_xor = |a, b| a ^ b;
                fetch_max = |a, b| a.max(b);
                fetch_min = |a, b| a.min(b);
            }
        }

        impl Default for $name {
            fn default() -> Self {
                $name::new(0)
            }
        }
    )* };
}

integers! {
    AtomicI8 i8 AtomicI16 i16 AtomicI32 i32 AtomicI64 i64 AtomicIsize isize
    AtomicU8 u8 AtomicU16 u16 AtomicU32 u32 AtomicU64 u64 AtomicUsize usize
}
