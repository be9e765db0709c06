//! `std::thread::scope`: threads that borrow, and are waited for.

use super::join::Started;
use super::{Builder, Result, Thread};
use crate::record::Op;
use crate::schedule::{Wish, arrive, changed};
use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind};
use std::sync::Arc;

/// What a scope waits for.
pub(super) struct ScopeData {
    running: Cell<usize>,
    a_thread_panicked: Cell<bool>,
}

// SAFETY: the schedule lets one thread run at a time.
unsafe impl Send for ScopeData {}
unsafe impl Sync for ScopeData {}

impl ScopeData {
    pub(super) fn one_more(&self) {
        self.running.set(self.running.get() + 1);
    }

    pub(super) fn one_less(&self, panicked: bool) {
        self.running.set(self.running.get() - 1);
        if panicked {
            self.a_thread_panicked.set(true);
        }
        changed();
    }
}

/// As in the standard library.
pub struct Scope<'scope, 'env: 'scope> {
    data: Arc<ScopeData>,
    _scope: PhantomData<&'scope mut &'scope ()>,
    _env: PhantomData<&'env mut &'env ()>,
}

/// As in the standard library.
///
/// # Panics
/// A thread of it panicked, and nobody joined it.
#[track_caller]
pub fn scope<'env, F, T>(f: F) -> T
where
    F: for<'scope> FnOnce(&'scope Scope<'scope, 'env>) -> T,
{
    let data = Arc::new(ScopeData { running: Cell::new(0), a_thread_panicked: Cell::new(false) });
    let scope = Scope { data, _scope: PhantomData, _env: PhantomData };
    let result = catch_unwind(AssertUnwindSafe(|| f(&scope)));
    let data = &scope.data;
    if data.running.get() > 0 {
        let ready = || data.running.get() == 0;
        arrive(Op::bare("scope", Location::caller()), Wish { ready: &ready, ..Wish::NOTHING });
    }
    match result {
        Err(panic) => resume_unwind(panic),
        Ok(_) if data.a_thread_panicked.get() => panic!("a scoped thread panicked"),
        Ok(result) => result,
    }
}

impl<'scope> Scope<'scope, '_> {
    /// As in the standard library.
    #[track_caller]
    pub fn spawn<F, T>(&'scope self, f: F) -> ScopedJoinHandle<'scope, T>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        Builder::new().spawn_scoped(self, f).expect("failed to spawn thread")
    }

    pub(super) fn data(&self) -> Arc<ScopeData> {
        Arc::clone(&self.data)
    }
}

impl fmt::Debug for Scope<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scope").field("num_running_threads", &self.data.running.get()).finish_non_exhaustive()
    }
}

/// As in the standard library.
pub struct ScopedJoinHandle<'scope, T> {
    started: Started<T>,
    _scope: PhantomData<&'scope ()>,
}

// SAFETY: it gives away the result, which is `Send` by the bounds of `spawn`, to one thread.
unsafe impl<T> Send for ScopedJoinHandle<'_, T> {}
unsafe impl<T> Sync for ScopedJoinHandle<'_, T> {}

impl<T> ScopedJoinHandle<'_, T> {
    pub(super) fn new(started: Started<T>) -> Self {
        ScopedJoinHandle { started, _scope: PhantomData }
    }

    /// As in the standard library.
    #[must_use]
    pub fn thread(&self) -> &Thread {
        &self.started.thread
    }

    /// As in the standard library.
    ///
    /// # Errors
    /// The thread panicked.
    #[track_caller]
    pub fn join(self) -> Result<T> {
        self.started.join(Location::caller())
    }

    /// As in the standard library.
    #[track_caller]
    pub fn is_finished(&self) -> bool {
        self.started.is_finished(Location::caller())
    }
}

impl<T> fmt::Debug for ScopedJoinHandle<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ScopedJoinHandle").finish_non_exhaustive()
    }
}
