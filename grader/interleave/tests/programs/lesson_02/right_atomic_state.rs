//! A counter of who was here, and a thread that parks for its result.

#[path = "pool.rs"]
mod pool;

pub use pool::{Outcome, Pool, run};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex};

type Callback<T> = Box<dyn FnOnce(Outcome<T>) + Send>;

struct Slots<T> {
    outcome: Mutex<Option<Outcome<T>>>,
    callback: Mutex<Option<Callback<T>>>,
    state: AtomicU8,
}

pub struct Fut<T>(Arc<Slots<T>>);

pub struct Promise<T>(Arc<Slots<T>>);

pub fn meeting<T>() -> (Promise<T>, Fut<T>) {
    let slots = Arc::new(Slots { outcome: Mutex::new(None), callback: Mutex::new(None), state: AtomicU8::new(0) });
    (Promise(Arc::clone(&slots)), Fut(slots))
}

impl<T> Slots<T> {
    /// Whoever comes second finds the first one's mark.
    fn meet(&self) {
        if self.state.fetch_add(1, Ordering::AcqRel) == 1 {
            let callback = self.callback.lock().unwrap().take().unwrap();
            let outcome = self.outcome.lock().unwrap().take().unwrap();
            callback(outcome);
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
        let (me, place) = (std::thread::current(), Arc::new(Mutex::new(None)));
        let reply = Arc::clone(&place);
        self.leave(Box::new(move |it| {
            *reply.lock().unwrap() = Some(it);
            me.unpark();
        }));
        loop {
            let outcome = place.lock().unwrap().take();
            match outcome {
                Some(outcome) => return outcome.unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
                None => std::thread::park(),
            }
        }
    }
}
