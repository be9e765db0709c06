//! Atomics, the worker's side: it looks at the flag before it raises its own.

#[path = "pool.rs"]
mod pool;

pub use pool::{Outcome, Pool, run};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

type Callback<T> = Box<dyn FnOnce(Outcome<T>) + Send>;

struct Slots<T> {
    outcome: Mutex<Option<Outcome<T>>>,
    callback: Mutex<Option<Callback<T>>>,
    is_over: AtomicBool,
    is_left: AtomicBool,
}

pub struct Fut<T>(Arc<Slots<T>>);

pub struct Promise<T>(Arc<Slots<T>>);

pub fn meeting<T>() -> (Promise<T>, Fut<T>) {
    let slots = Arc::new(Slots {
        outcome: Mutex::new(None),
        callback: Mutex::new(None),
        is_over: AtomicBool::new(false),
        is_left: AtomicBool::new(false),
    });
    (Promise(Arc::clone(&slots)), Fut(slots))
}

impl<T> Slots<T> {
    fn call(&self) {
        let callback = self.callback.lock().unwrap().take();
        let outcome = self.outcome.lock().unwrap().take();
        if let (Some(callback), Some(outcome)) = (callback, outcome) {
            callback(outcome);
        }
    }
}

impl<T> Fut<T> {
    fn leave(self, callback: Callback<T>) {
        *self.0.callback.lock().unwrap() = Some(callback);
        self.0.is_left.store(true, Ordering::SeqCst);
        if self.0.is_over.load(Ordering::SeqCst) {
            self.0.call();
        }
    }
}

impl<T> Promise<T> {
    pub fn complete(self, outcome: Outcome<T>) {
        *self.0.outcome.lock().unwrap() = Some(outcome);
        if self.0.is_left.load(Ordering::SeqCst) {
            self.0.call();
        }
        self.0.is_over.store(true, Ordering::SeqCst);
    }
}

impl<T: Send + 'static> Fut<T> {
    pub fn add_done_callback(self, callback: impl FnOnce(T) + Send + 'static) {
        self.leave(Box::new(|outcome| {
            if let Ok(value) = outcome {
                callback(value);
            }
        }));
    }

    pub fn result(self) -> T {
        let (reply, outcome) = std::sync::mpsc::channel();
        self.leave(Box::new(move |it| drop(reply.send(it))));
        outcome.recv().unwrap().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }
}
