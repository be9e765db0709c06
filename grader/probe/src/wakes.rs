//! A task in name only: how often it was woken.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::task::{Wake, Waker};

/// Counts the calls of its waker, whoever calls it and from whatever thread.
///
/// ```
/// use probe::Wakes;
/// use std::pin::pin;
/// use std::task::{Context, Poll};
///
/// let (wakes, waker) = Wakes::new();
/// let mut future = pin!(std::future::poll_fn(|cx| {
///     cx.waker().wake_by_ref();
///     Poll::<()>::Pending
/// }));
/// assert!(future.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
/// assert_eq!(wakes.take(), 1);
/// assert_eq!(wakes.take(), 0);
/// ```
pub struct Wakes(Arc<Counter>);

struct Counter {
    calls: AtomicUsize,
    then: Box<dyn Fn() + Send + Sync>,
}

impl Wakes {
    /// A count of none, and the waker that adds to it.
    pub fn new() -> (Wakes, Waker) {
        Wakes::then(|| {})
    }

    /// The same, with something that each call does once it is counted: a mark, or the unpark of a thread.
    pub fn then(action: impl Fn() + Send + Sync + 'static) -> (Wakes, Waker) {
        let counter = Arc::new(Counter { calls: AtomicUsize::new(0), then: Box::new(action) });
        (Wakes(Arc::clone(&counter)), Waker::from(counter))
    }

    /// How many calls there were since this was asked last.
    pub fn take(&self) -> usize {
        self.0.calls.swap(0, SeqCst)
    }
}

impl Wake for Counter {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.calls.fetch_add(1, SeqCst);
        (self.then)();
    }
}
