//! A gate that futures wait at.

use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll, Waker};

/// Something for a future to wait for, opened by hand, from whatever thread. Clones are the same gate.
///
/// It keeps the waker of the latest poll only, as the contract of `Future` allows.
///
/// ```
/// use probe::{Gate, Wakes};
/// use std::pin::pin;
/// use std::task::Context;
///
/// let gate = Gate::shut('a');
/// let (wakes, waker) = Wakes::new();
/// let mut cx = Context::from_waker(&waker);
/// let mut passes = pin!(gate.pass());
/// assert!(passes.as_mut().poll(&mut cx).is_pending());
/// assert!(gate.open(), "somebody waited");
/// assert_eq!(wakes.take(), 1);
/// assert!(passes.as_mut().poll(&mut cx).is_ready());
/// ```
#[derive(Clone)]
pub struct Gate {
    /// What marks call it.
    pub name: char,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    is_open: bool,
    waiting: Option<Waker>,
}

impl Gate {
    /// A gate that is not open yet.
    pub fn shut(name: char) -> Self {
        Gate { name, state: Arc::default() }
    }

    /// Opens it for good, and wakes whoever waits. `false` if nobody does, which may be worth a mark.
    pub fn open(&self) -> bool {
        let mut state = self.state();
        state.is_open = true;
        let waiting = state.waiting.take();
        // A waker may run the student's code, and that may come back to this gate.
        drop(state);
        waiting.map(Waker::wake).is_some()
    }

    /// Whether somebody was told to wait, and has not been woken since.
    pub fn is_awaited(&self) -> bool {
        self.state().waiting.is_some()
    }

    /// Ready if it is open; else this waker will be called.
    pub fn poll_pass(&self, cx: &mut Context<'_>) -> Poll<()> {
        let mut state = self.state();
        if state.is_open {
            return Poll::Ready(());
        }
        state.waiting = Some(cx.waker().clone());
        Poll::Pending
    }

    /// Waits until it is open.
    pub async fn pass(&self) {
        poll_fn(|cx| self.poll_pass(cx)).await;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("nobody panics with it")
    }
}
