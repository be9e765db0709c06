//! `std::sync::Condvar`, without spurious wakes. Whom `notify_one` wakes is explored.

use super::{LockResult, MutexGuard, PoisonError};
use crate::object::Object;
use crate::record::{Op, Spot, Value};
use crate::schedule::{Wish, arrive, came_to, changed, choose, point};
use crate::time::{self, Duration};
use std::cell::{Cell, UnsafeCell};
use std::collections::VecDeque;
use std::fmt;
use std::panic::{Location, RefUnwindSafe, UnwindSafe};

/// As in the standard library.
pub struct Condvar {
    object: Object,
    /// Who waits: on each one's stack, whether it was notified.
    waiting: UnsafeCell<VecDeque<*const Cell<bool>>>,
}

// SAFETY: the schedule lets one thread run at a time.
unsafe impl Send for Condvar {}
unsafe impl Sync for Condvar {}
impl UnwindSafe for Condvar {}
impl RefUnwindSafe for Condvar {}

/// As in the standard library.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub struct WaitTimeoutResult(bool);

impl WaitTimeoutResult {
    /// As in the standard library.
    #[must_use]
    pub fn timed_out(&self) -> bool {
        self.0
    }
}

type Timed<'a, T> = LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)>;

impl Condvar {
    /// As in the standard library.
    #[must_use]
    pub const fn new() -> Condvar {
        Condvar { object: Object::new(), waiting: UnsafeCell::new(VecDeque::new()) }
    }

    /// As in the standard library.
    #[track_caller]
    pub fn wait<'a, T>(&self, guard: MutexGuard<'a, T>) -> LockResult<MutexGuard<'a, T>> {
        self.sleep(guard, None, Location::caller()).0
    }

    /// As in the standard library.
    #[track_caller]
    pub fn wait_while<'a, T, F>(&self, mut guard: MutexGuard<'a, T>, mut condition: F) -> LockResult<MutexGuard<'a, T>>
    where
        F: FnMut(&mut T) -> bool,
    {
        while condition(&mut *guard) {
            guard = self.wait(guard)?;
        }
        Ok(guard)
    }

    /// As in the standard library.
    #[track_caller]
    pub fn wait_timeout<'a, T>(&self, guard: MutexGuard<'a, T>, patience: Duration) -> Timed<'a, T> {
        let (guard, timed_out) = self.sleep(guard, Some(time::after(patience)), Location::caller());
        with_it(guard, timed_out)
    }

    /// As in the standard library.
    #[deprecated(since = "1.6.0", note = "replaced by `std::sync::Condvar::wait_timeout`")]
    #[track_caller]
    pub fn wait_timeout_ms<'a, T>(&self, guard: MutexGuard<'a, T>, ms: u32) -> LockResult<(MutexGuard<'a, T>, bool)> {
        match self.wait_timeout(guard, Duration::from_millis(ms.into())) {
            Ok((guard, result)) => Ok((guard, !result.0)),
            Err(error) => {
                let (guard, result) = error.into_inner();
                Err(PoisonError::new((guard, !result.0)))
            }
        }
    }

    /// As in the standard library.
    #[track_caller]
    pub fn wait_timeout_while<'a, T, F>(
        &self,
        mut guard: MutexGuard<'a, T>,
        patience: Duration,
        mut condition: F,
    ) -> Timed<'a, T>
    where
        F: FnMut(&mut T) -> bool,
    {
        let end = time::after(patience);
        loop {
            if !condition(&mut *guard) {
                return Ok((guard, WaitTimeoutResult(false)));
            }
            if time::now() >= end {
                return Ok((guard, WaitTimeoutResult(true)));
            }
            let (woken, timed_out) = self.sleep(guard, Some(end), Location::caller());
            guard = with_it(woken, timed_out)?.0;
        }
    }

    /// As in the standard library.
    #[track_caller]
    pub fn notify_one(&self) {
        let op = self.op("notify_one", Location::caller());
        point(op);
        let waiting = self.waiting();
        let n = waiting.len();
        if n > 0 {
            let woken = waiting.remove(choose(n, &op)).expect("it is one of them");
            // SAFETY: who waits takes itself out before its stack goes.
            unsafe { (*woken).set(true) };
            changed();
        }
        came_to(Value::Int(n.min(1) as i128));
    }

    /// As in the standard library.
    #[track_caller]
    pub fn notify_all(&self) {
        point(self.op("notify_all", Location::caller()));
        let woken = std::mem::take(self.waiting());
        came_to(Value::Int(woken.len() as i128));
        for it in woken {
            // SAFETY: who waits takes itself out before its stack goes.
            unsafe { (*it).set(true) };
            changed();
        }
    }

    fn op(&self, what: &'static str, place: Spot) -> Op {
        Op::new(what, self.object.touch("condvar", self), place)
    }

    #[expect(clippy::mut_from_ref, reason = "one thread runs at a time, and none keeps it over a step")]
    fn waiting(&self) -> &mut VecDeque<*const Cell<bool>> {
        // SAFETY: see the reason.
        unsafe { &mut *self.waiting.get() }
    }

    /// Lets go of the lock and waits, in one step; then takes the lock again. Returns also whether it timed out.
    fn sleep<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        end: Option<Duration>,
        place: Spot,
    ) -> (LockResult<MutexGuard<'a, T>>, bool) {
        point(self.op("wait", place));
        let notified = Cell::new(false);
        self.waiting().push_back(&notified);
        let mutex = guard.release();
        changed();
        let ready = || notified.get() && mutex.is_free();
        let may_time_out = || !notified.get() && mutex.is_free();
        let timeout = end.map(|end| (end, &may_time_out as &dyn Fn() -> bool));
        let timed_out = arrive(self.op("wake", place), Wish { ready: &ready, timeout, ..Wish::NOTHING });
        self.waiting().retain(|&it| it != &raw const notified);
        (mutex.taken(place), timed_out)
    }
}

fn with_it<T>(guard: LockResult<MutexGuard<'_, T>>, timed_out: bool) -> Timed<'_, T> {
    let result = WaitTimeoutResult(timed_out);
    match guard {
        Ok(guard) => Ok((guard, result)),
        Err(error) => Err(PoisonError::new((error.into_inner(), result))),
    }
}

impl Default for Condvar {
    fn default() -> Self {
        Condvar::new()
    }
}

impl fmt::Debug for Condvar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Condvar").finish_non_exhaustive()
    }
}
