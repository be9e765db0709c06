//! Lock, the caller's side: looks for an outcome, lets go, leaves its callback.

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

impl<T> Fut<T> {
    fn leave(self, callback: Callback<T>) {
        let outcome = self.0.outcome.lock().unwrap().take();
        match outcome {
            Some(outcome) => callback(outcome),
            None => *self.0.callback.lock().unwrap() = Some(callback),
        }
    }
}

impl<T> Promise<T> {
    pub fn complete(self, outcome: Outcome<T>) {
        let mut left = self.0.outcome.lock().unwrap();
        let callback = self.0.callback.lock().unwrap().take();
        match callback {
            Some(callback) => {
                drop(left);
                callback(outcome);
            }
            None => *left = Some(outcome),
        }
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
