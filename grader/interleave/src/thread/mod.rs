//! `std::thread`: real threads, of which the schedule lets one run at a time.

mod join;
mod scope;

pub use join::{Builder, JoinHandle, spawn};
pub use scope::{Scope, ScopedJoinHandle, scope};
pub use std::thread::{AccessError, LocalKey, Result, panicking};

use crate::object::Named;
use crate::record::Op;
use crate::schedule::{self, Wish, arrive, changed, point};
use crate::time::{self, Duration};
use std::cell::Cell;
use std::fmt;
use std::num::{NonZero, NonZeroU64};
use std::panic::Location;
use std::sync::Arc;

/// A thread of a schedule, as its handles see it.
#[derive(Default)]
pub(crate) struct Inner {
    /// In the schedule, from 0.
    pub number: usize,
    pub name: Option<String>,
    /// What `unpark` leaves and `park` takes.
    pub token: Cell<bool>,
    pub ended: Cell<bool>,
}

// SAFETY: the schedule lets one thread run at a time.
unsafe impl Send for Inner {}
unsafe impl Sync for Inner {}

impl Inner {
    pub(crate) fn named(&self) -> Named {
        Named { kind: "thread", number: self.number as u32 }
    }
}

/// As in the standard library; the numbers are the same in every schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ThreadId(NonZeroU64);

/// As in the standard library.
#[derive(Clone)]
pub struct Thread(pub(crate) Arc<Inner>);

impl Thread {
    /// As in the standard library.
    #[must_use]
    pub fn id(&self) -> ThreadId {
        ThreadId(NonZeroU64::MIN.saturating_add(self.0.number as u64))
    }

    /// As in the standard library.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.0.name.as_deref()
    }

    /// As in the standard library.
    #[track_caller]
    pub fn unpark(&self) {
        point(Op::new("unpark", self.0.named(), Location::caller()));
        self.0.token.set(true);
        changed();
    }
}

impl fmt::Debug for Thread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Thread").field("id", &self.id()).field("name", &self.name()).finish_non_exhaustive()
    }
}

/// As in the standard library.
#[must_use]
pub fn current() -> Thread {
    Thread(schedule::current().unwrap_or_default())
}

/// As in the standard library, but never returns without an `unpark`.
#[track_caller]
pub fn park() {
    let me = current().0;
    arrive(Op::bare("park", Location::caller()), Wish { ready: &|| me.token.get(), ..Wish::NOTHING });
    me.token.set(false);
    changed();
}

/// As in the standard library.
#[track_caller]
pub fn park_timeout(patience: Duration) {
    let me = current().0;
    let timeout = Some((time::after(patience), &(|| true) as &dyn Fn() -> bool));
    let op = Op::bare("park_timeout", Location::caller());
    arrive(op, Wish { ready: &|| me.token.get(), timeout, ..Wish::NOTHING });
    me.token.set(false);
    changed();
}

/// As in the standard library.
#[deprecated(since = "1.6.0", note = "replaced by `std::thread::park_timeout`")]
#[track_caller]
pub fn park_timeout_ms(ms: u32) {
    park_timeout(Duration::from_millis(ms.into()));
}

/// As in the standard library, but in virtual time.
#[track_caller]
pub fn sleep(pause: Duration) {
    if schedule::current().is_none() {
        return;
    }
    let timeout = Some((time::after(pause), &(|| true) as &dyn Fn() -> bool));
    arrive(Op::bare("sleep", Location::caller()), Wish { ready: &|| false, timeout, ..Wish::NOTHING });
}

/// As in the standard library.
#[deprecated(since = "1.6.0", note = "replaced by `std::thread::sleep`")]
#[track_caller]
pub fn sleep_ms(ms: u32) {
    sleep(Duration::from_millis(ms.into()));
}

/// Has others go first.
#[track_caller]
pub fn yield_now() {
    arrive(Op::bare("yield_now", Location::caller()), Wish { yields: true, ..Wish::NOTHING });
}

/// Two, on every machine.
///
/// # Errors
/// Never.
pub fn available_parallelism() -> std::io::Result<NonZero<usize>> {
    Ok(NonZero::<usize>::MIN.saturating_add(1))
}
