//! Lock: the flag is looked at before the lock is taken, and the waker does not take it.

#[path = "executor.rs"]
mod executor;

pub use executor::{Executor, TaskId};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex};
use std::task::{Context, Poll, Wake, Waker};

#[derive(Default)]
struct Signal(AtomicBool, Mutex<()>, Condvar);

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::SeqCst);
        self.2.notify_one();
    }
}

pub fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let signal: Arc<Signal> = Arc::default();
    let waker = Waker::from(Arc::clone(&signal));
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return output;
        }
        while !signal.0.swap(false, Ordering::SeqCst) {
            drop(signal.2.wait(signal.1.lock().unwrap()).unwrap());
        }
    }
}
