//! What threads share: the numbers that things are called by, and the statics, which each schedule finds as new.
//!
//! A static lives longer than a schedule. Its bytes are kept when a schedule first touches it and put back when the
//! schedule is over; what it owned by then is leaked. That is right for whatever a constant can build, for a constant
//! owns nothing outside of itself.

use crate::schedule;
use std::cell::Cell;
use std::fmt;
use std::mem;

/// A kind of thing, and which of its kind it is, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Named {
    pub kind: &'static str,
    pub number: u32,
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind, self.number)
    }
}

/// A part of everything that threads can meet through.
pub(crate) struct Object {
    /// The schedule that gave the number, and the number.
    stamp: Cell<(u32, u32)>,
}

impl Object {
    pub(crate) const fn new() -> Self {
        Object { stamp: Cell::new((0, 0)) }
    }

    /// What the thing is called in this schedule. To be called before anything in it is changed.
    ///
    /// `whole` is the thing that this is a part of.
    pub(crate) fn touch<T: ?Sized>(&self, kind: &'static str, whole: &T) -> Named {
        let (of, number) = self.stamp.get();
        let epoch = schedule::epoch();
        if of == epoch {
            return Named { kind, number };
        }
        if is_static((&raw const *whole).cast()) {
            schedule::with(|schedule| schedule.statics.push(Kept::of(whole)));
        }
        let number = schedule::with(|schedule| schedule.count(kind)).unwrap_or(0);
        self.stamp.set((epoch, number));
        Named { kind, number }
    }
}

/// The bytes of a static, as they were.
pub(crate) struct Kept {
    at: *mut u8,
    bytes: Vec<mem::MaybeUninit<u8>>,
}

impl Kept {
    fn of<T: ?Sized>(whole: &T) -> Self {
        let at = (&raw const *whole).cast::<mem::MaybeUninit<u8>>();
        // SAFETY: so many bytes belong to it; any may be padding.
        let bytes = unsafe { std::slice::from_raw_parts(at, size_of_val(whole)) }.to_vec();
        Kept { at: at.cast_mut().cast(), bytes }
    }

    /// Puts them back.
    ///
    /// # Safety
    /// It is a static with interior mutability, and no thread uses it any more.
    pub(crate) unsafe fn restore(self) {
        // SAFETY: statics live for ever; the caller answers for the rest.
        unsafe { std::ptr::copy_nonoverlapping(self.bytes.as_ptr().cast(), self.at, self.bytes.len()) };
    }
}

/// Whether this is in the data of the program itself. Where the system doesn't tell, a static that changes makes the
/// next schedule go another way, which is found out and told as "not explored".
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn is_static(at: *const u8) -> bool {
    unsafe extern "C" {
        static __data_start: u8;
        static _end: u8;
    }
    let data = &raw const __data_start..&raw const _end;
    data.contains(&at)
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
fn is_static(_: *const u8) -> bool {
    false
}
