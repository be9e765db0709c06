//! The start of a thread, and what is to be had at its end.

use super::{Inner, Result, Scope, ScopedJoinHandle, Thread};
use crate::record::{Op, Spot, Value};
use crate::schedule::{self, Wish, arrive, came_to, look_closely, note, point};
use std::cell::UnsafeCell;
use std::fmt;
use std::io;
use std::panic::{AssertUnwindSafe, Location, catch_unwind};
use std::sync::Arc;

use super::scope::ScopeData;

/// Where a thread leaves its result, and who holds a scope open until both ends have let go of it.
pub(super) struct Packet<T> {
    result: UnsafeCell<Option<Result<T>>>,
    scope: Option<Arc<ScopeData>>,
}

// SAFETY: the thread writes it, and who joins reads it afterwards.
unsafe impl<T: Send> Send for Packet<T> {}
unsafe impl<T: Send> Sync for Packet<T> {}

impl<T> Drop for Packet<T> {
    fn drop(&mut self) {
        let is_unheard = matches!(self.result.get_mut(), Some(Err(_)));
        *self.result.get_mut() = None;
        if let Some(scope) = &self.scope {
            scope.one_less(is_unheard);
        }
    }
}

/// A thread and the place of its result: what both kinds of handle are.
pub(super) struct Started<T> {
    pub(super) thread: Thread,
    packet: Arc<Packet<T>>,
}

impl<T> Started<T> {
    pub(super) fn join(self, place: Spot) -> Result<T> {
        let inner = &self.thread.0;
        arrive(Op::new("join", inner.named(), place), Wish { ready: &|| inner.ended.get(), ..Wish::NOTHING });
        // SAFETY: the thread has ended, and this is the only handle.
        let result = unsafe { (*self.packet.result.get()).take() };
        result.expect("a thread that has ended has left its result")
    }

    pub(super) fn is_finished(&self, place: Spot) -> bool {
        look_closely();
        point(Op::new("is_finished", self.thread.0.named(), place));
        let answer = Arc::strong_count(&self.packet) == 1;
        came_to(Value::Bool(answer));
        answer
    }
}

/// As in the standard library.
#[must_use = "must eventually spawn the thread"]
#[derive(Debug, Default)]
pub struct Builder {
    name: Option<String>,
    stack_size: Option<usize>,
}

impl Builder {
    /// As in the standard library.
    pub fn new() -> Builder {
        Builder::default()
    }

    /// As in the standard library.
    pub fn name(mut self, name: String) -> Builder {
        self.name = Some(name);
        self
    }

    /// Noted only: every thread has the stack that the standard library gives it.
    pub fn stack_size(mut self, size: usize) -> Builder {
        self.stack_size = Some(size);
        self
    }

    /// As in the standard library.
    ///
    /// # Errors
    /// The system can't start it.
    #[track_caller]
    pub fn spawn<F, T>(self, f: F) -> io::Result<JoinHandle<T>>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        // SAFETY: nothing is borrowed.
        unsafe { start(self, f, None, Location::caller()) }.map(JoinHandle)
    }

    /// As in the standard library.
    ///
    /// # Errors
    /// The system can't start it.
    #[track_caller]
    pub fn spawn_scoped<'scope, 'env, F, T>(
        self,
        scope: &'scope Scope<'scope, 'env>,
        f: F,
    ) -> io::Result<ScopedJoinHandle<'scope, T>>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        // SAFETY: the scope waits for the thread.
        let started = unsafe { start(self, f, Some(scope.data()), Location::caller()) };
        started.map(ScopedJoinHandle::new)
    }
}

/// # Safety
/// What `f` borrows lives until the thread has ended.
unsafe fn start<'a, F, T>(builder: Builder, f: F, scope: Option<Arc<ScopeData>>, place: Spot) -> io::Result<Started<T>>
where
    F: FnOnce() -> T + 'a,
    T: 'a,
{
    if let Some(scope) = &scope {
        scope.one_more();
    }
    let packet = Arc::new(Packet { result: UnsafeCell::new(None), scope });
    let theirs = Arc::clone(&packet);
    let main = move || {
        let result = catch_unwind(AssertUnwindSafe(f));
        if schedule::is_fine() {
            point(Op::bare("finish", place));
        }
        // SAFETY: nobody reads it before this thread has ended.
        unsafe { *theirs.result.get() = Some(result) };
        drop(theirs);
    };
    let inner = Inner { name: builder.name, ..Inner::default() };
    // SAFETY: as the caller promises.
    let inner = unsafe { schedule::start(inner, main, place)? };
    note(Op::new("spawn", inner.named(), place));
    Ok(Started { thread: Thread(inner), packet })
}

/// As in the standard library.
#[track_caller]
pub fn spawn<F, T>(f: F) -> JoinHandle<T>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    Builder::new().spawn(f).expect("failed to spawn thread")
}

/// As in the standard library.
pub struct JoinHandle<T>(Started<T>);

// SAFETY: it gives away the result, which is `Send` by the bounds of `spawn`, to one thread.
unsafe impl<T> Send for JoinHandle<T> {}
unsafe impl<T> Sync for JoinHandle<T> {}

impl<T> JoinHandle<T> {
    /// As in the standard library.
    #[must_use]
    pub fn thread(&self) -> &Thread {
        &self.0.thread
    }

    /// As in the standard library.
    ///
    /// # Errors
    /// The thread panicked.
    #[track_caller]
    pub fn join(self) -> Result<T> {
        self.0.join(Location::caller())
    }

    /// As in the standard library.
    #[track_caller]
    pub fn is_finished(&self) -> bool {
        self.0.is_finished(Location::caller())
    }
}

impl<T> fmt::Debug for JoinHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JoinHandle").finish_non_exhaustive()
    }
}
