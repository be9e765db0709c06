//! A channel with room for one half: who does not get in takes the other one out.

#[path = "pool.rs"]
mod pool;

pub use pool::{Outcome, Pool, run};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};

type Callback<T> = Box<dyn FnOnce(Outcome<T>) + Send>;

enum Half<T> {
    Outcome(Outcome<T>),
    Callback(Callback<T>),
}

/// Holds one half: whoever finds it full takes it out.
pub struct Fut<T>(SyncSender<Half<T>>, Arc<Mutex<Receiver<Half<T>>>>);

pub struct Promise<T>(SyncSender<Half<T>>, Arc<Mutex<Receiver<Half<T>>>>);

pub fn meeting<T>() -> (Promise<T>, Fut<T>) {
    let (sender, receiver) = sync_channel(1);
    let receiver = Arc::new(Mutex::new(receiver));
    (Promise(sender.clone(), Arc::clone(&receiver)), Fut(sender, receiver))
}

fn bring<T>(mine: Half<T>, sender: &SyncSender<Half<T>>, receiver: &Mutex<Receiver<Half<T>>>) {
    if let Err(refused) = sender.try_send(mine) {
        let (std::sync::mpsc::TrySendError::Full(mine) | std::sync::mpsc::TrySendError::Disconnected(mine)) = refused;
        let theirs = receiver.lock().unwrap().recv().unwrap();
        match (mine, theirs) {
            (Half::Outcome(outcome), Half::Callback(callback)) | (Half::Callback(callback), Half::Outcome(outcome)) => {
                callback(outcome);
            }
            _ => unreachable!("each brings its own half once"),
        }
    }
}

impl<T> Promise<T> {
    pub fn complete(self, outcome: Outcome<T>) {
        bring(Half::Outcome(outcome), &self.0, &self.1);
    }
}

impl<T> Fut<T> {
    fn leave(self, callback: Callback<T>) {
        bring(Half::Callback(callback), &self.0, &self.1);
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
