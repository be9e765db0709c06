//! Lock, both sides: each leaves its half and takes both, one after the other; each may end up with one.

#[path = "pool.rs"]
mod pool;

pub use pool::{Outcome, Pool, run};
use std::sync::{Arc, Mutex};

type Callback<T> = Box<dyn FnOnce(Outcome<T>) + Send>;

struct Slots<T> {
    outcome: Mutex<Option<Outcome<T>>>,
    callback: Mutex<Option<Callback<T>>>,
}

pub struct Fut<T>(Arc<Slots<T>>);

pub struct Promise<T>(Arc<Slots<T>>);

pub fn meeting<T>() -> (Promise<T>, Fut<T>) {
    let slots = Arc::new(Slots { outcome: Mutex::new(None), callback: Mutex::new(None) });
    (Promise(Arc::clone(&slots)), Fut(slots))
}

impl<T> Slots<T> {
    fn meet(&self) {
        let callback = self.callback.lock().unwrap().take();
        let outcome = self.outcome.lock().unwrap().take();
        match (callback, outcome) {
            (Some(callback), Some(outcome)) => callback(outcome),
            (callback, outcome) => {
                if callback.is_some() {
                    *self.callback.lock().unwrap() = callback;
                }
                if outcome.is_some() {
                    *self.outcome.lock().unwrap() = outcome;
                }
            }
        }
    }
}

impl<T> Fut<T> {
    fn leave(self, callback: Callback<T>) {
        *self.0.callback.lock().unwrap() = Some(callback);
        self.0.meet();
    }
}

impl<T> Promise<T> {
    pub fn complete(self, outcome: Outcome<T>) {
        *self.0.outcome.lock().unwrap() = Some(outcome);
        self.0.meet();
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
