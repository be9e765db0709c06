//! One lock for both halves, and a condition variable.

#[path = "pool.rs"]
mod pool;

pub use pool::{Outcome, Pool, run};
use std::sync::{Arc, Condvar, Mutex};

type Callback<T> = Box<dyn FnOnce(Outcome<T>) + Send>;

struct Slot<T> {
    halves: Mutex<(Option<Outcome<T>>, Option<Callback<T>>)>,
    over: Condvar,
}

pub struct Fut<T>(Arc<Slot<T>>);

pub struct Promise<T>(Arc<Slot<T>>);

pub fn meeting<T>() -> (Promise<T>, Fut<T>) {
    let slot = Arc::new(Slot { halves: Mutex::new((None, None)), over: Condvar::new() });
    (Promise(Arc::clone(&slot)), Fut(slot))
}

impl<T> Promise<T> {
    pub fn complete(self, outcome: Outcome<T>) {
        let mut halves = self.0.halves.lock().unwrap();
        if let Some(callback) = halves.1.take() {
            drop(halves);
            callback(outcome);
        } else {
            halves.0 = Some(outcome);
            drop(halves);
            self.0.over.notify_all();
        }
    }
}

impl<T> Fut<T> {
    pub fn add_done_callback(self, callback: impl FnOnce(T) + Send + 'static) {
        let mut halves = self.0.halves.lock().unwrap();
        match halves.0.take() {
            None => halves.1 = Some(Box::new(|outcome| drop(outcome.map(callback)))),
            Some(outcome) => {
                drop(halves);
                drop(outcome.map(callback));
            }
        }
    }

    pub fn result(self) -> T {
        let mut halves = self.0.halves.lock().unwrap();
        while halves.0.is_none() {
            halves = self.0.over.wait(halves).unwrap();
        }
        let outcome = halves.0.take().unwrap();
        drop(halves);
        outcome.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }
}
