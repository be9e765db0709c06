//! Lock: waits on the condition variable without a flag, so that an earlier notice is lost.

#[path = "executor.rs"]
mod executor;

pub use executor::{Executor, TaskId};
use std::pin::pin;
use std::sync::Arc;
use std::sync::{Condvar, Mutex};
use std::task::{Context, Poll, Wake, Waker};

#[derive(Default)]
struct Signal(Mutex<()>, Condvar);

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        let _lock = self.0.lock().unwrap();
        self.1.notify_one();
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
        drop(signal.1.wait(signal.0.lock().unwrap()).unwrap());
    }
}
