//! Channels: each waits a little for the other's, then sends. Time orders nothing.

#[path = "pool.rs"]
mod pool;

pub use pool::{Outcome, Pool, run};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};

type Callback<T> = Box<dyn FnOnce(Outcome<T>) + Send>;

pub struct Fut<T> {
    callback: Sender<Callback<T>>,
    outcome: Mutex<Receiver<Outcome<T>>>,
}

pub struct Promise<T> {
    outcome: Sender<Outcome<T>>,
    callback: Mutex<Receiver<Callback<T>>>,
}

pub fn meeting<T>() -> (Promise<T>, Fut<T>) {
    let ((outcome, outcomes), (callback, callbacks)) = (channel(), channel());
    let promise = Promise { outcome, callback: Mutex::new(callbacks) };
    (promise, Fut { callback, outcome: Mutex::new(outcomes) })
}

impl<T> Fut<T> {
    fn leave(self, callback: Callback<T>) {
        let outcome = self.outcome.lock().unwrap().recv_timeout(std::time::Duration::from_millis(1));
        match outcome {
            Ok(outcome) => callback(outcome),
            Err(_) => drop(self.callback.send(callback)),
        }
    }
}

impl<T> Promise<T> {
    pub fn complete(self, outcome: Outcome<T>) {
        let callback = self.callback.lock().unwrap().recv_timeout(std::time::Duration::from_millis(5));
        match callback {
            Ok(callback) => callback(outcome),
            Err(_) => drop(self.outcome.send(outcome)),
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
