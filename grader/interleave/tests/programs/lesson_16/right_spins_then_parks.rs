//! Asks a flag a hundred times, and sleeps then.

#[path = "executor.rs"]
mod executor;

pub use executor::{Executor, TaskId};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

struct Flag(AtomicBool, Thread);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::SeqCst);
        self.1.unpark();
    }
}

impl Flag {
    fn wait(&self) {
        for _ in 0..100 {
            if self.0.swap(false, Ordering::SeqCst) {
                return;
            }
            std::hint::spin_loop();
        }
        while !self.0.swap(false, Ordering::SeqCst) {
            thread::park();
        }
    }
}

pub fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let flag = Arc::new(Flag(AtomicBool::new(false), thread::current()));
    let waker = Waker::from(Arc::clone(&flag));
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return output;
        }
        flag.wait();
    }
}
