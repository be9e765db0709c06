//! Three states in an atomic, and a thread that parks only in one of them.

#[path = "executor.rs"]
mod executor;

pub use executor::{Executor, TaskId};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

const BUSY: u8 = 0;
const WOKEN: u8 = 1;
const ASLEEP: u8 = 2;

struct State(AtomicU8, Thread);

impl Wake for State {
    fn wake(self: Arc<Self>) {
        if self.0.swap(WOKEN, Ordering::AcqRel) == ASLEEP {
            self.1.unpark();
        }
    }
}

pub fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let state = Arc::new(State(AtomicU8::new(BUSY), thread::current()));
    let waker = Waker::from(Arc::clone(&state));
    loop {
        state.0.store(BUSY, Ordering::Release);
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return output;
        }
        if state.0.compare_exchange(BUSY, ASLEEP, Ordering::AcqRel, Ordering::Acquire).is_ok() {
            while state.0.load(Ordering::Acquire) == ASLEEP {
                thread::park();
            }
        }
    }
}
