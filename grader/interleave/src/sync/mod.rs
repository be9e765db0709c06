//! `std::sync`: what threads meet through, each step of it a decision of the schedule. `Arc` stays the standard library's.

pub mod atomic;
pub mod mpsc;

mod barrier;
mod condvar;
mod lazy_lock;
mod mutex;
mod once;
mod once_lock;
mod rwlock;

pub use barrier::{Barrier, BarrierWaitResult};
pub use condvar::{Condvar, WaitTimeoutResult};
pub use lazy_lock::LazyLock;
pub use mutex::{Mutex, MutexGuard};
#[expect(deprecated, reason = "so it is in the standard library")]
pub use once::ONCE_INIT;
pub use once::{Once, OnceState};
pub use once_lock::OnceLock;
pub use rwlock::{RwLock, RwLockReadGuard, RwLockWriteGuard};
pub use std::sync::{Arc, LockResult, PoisonError, TryLockError, TryLockResult, Weak};

use crate::record::Op;
use crate::schedule;
use std::cell::Cell;

/// The marks of a lock that a panic went through.
struct Poison(Cell<bool>);

impl Poison {
    const fn new() -> Self {
        Poison(Cell::new(false))
    }

    /// To be called by the guard's end: `before` tells whether its thread was panicking when it began.
    fn at_the_end(&self, before: bool) {
        if !before && std::thread::panicking() {
            self.0.set(true);
            schedule::changed();
        }
    }

    fn wrap<G>(&self, guard: G) -> LockResult<G> {
        if self.0.get() { Err(PoisonError::new(guard)) } else { Ok(guard) }
    }
}

/// The step of letting go. Others can't tell when it came, unless they look at the lock without waiting for it.
fn let_go(op: Op) {
    if schedule::is_fine() { schedule::point(op) } else { schedule::note(op) }
}
