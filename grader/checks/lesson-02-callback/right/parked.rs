//! en: three slots under one lock: the outcome, the callback, and the thread that waits parked.
//! ru: три места под одним мьютексом: итог, колбэк и усыплённый поток ОС, который ждёт.

use std::fmt::Display;
use std::ops::Add;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle, Thread};

type Job = Box<dyn FnOnce() + Send>;

pub struct Pool {
    queue: Sender<Job>,
    _workers: Workers,
}

struct Workers(Vec<JoinHandle<()>>);

impl Drop for Workers {
    fn drop(&mut self) {
        for worker in self.0.drain(..) {
            let _ = worker.join();
        }
    }
}

fn work(jobs: &Mutex<Receiver<Job>>) {
    while let Some(job) = next(jobs) {
        let _ = catch_unwind(AssertUnwindSafe(job));
    }
}

fn next(jobs: &Mutex<Receiver<Job>>) -> Option<Job> {
    jobs.lock().ok()?.recv().ok()
}

impl Pool {
    pub fn new(workers: usize) -> Self {
        assert!(workers > 0, "a pool needs a worker");
        let (queue, jobs) = channel();
        let jobs = Arc::new(Mutex::new(jobs));
        let start = |_| {
            let jobs = Arc::clone(&jobs);
            thread::spawn(move || work(&jobs))
        };
        Pool { queue, _workers: Workers((0..workers).map(start).collect()) }
    }

    pub fn submit<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Fut<T> {
        let slots = Arc::new(Mutex::new(Slots { outcome: None, callback: None, waiting: None }));
        let theirs = Arc::clone(&slots);
        let job = move || {
            let outcome = catch_unwind(AssertUnwindSafe(job));
            let mut slots = theirs.lock().unwrap();
            let callback = slots.callback.take();
            let Some(callback) = callback else {
                slots.outcome = Some(outcome);
                if let Some(thread) = slots.waiting.take() {
                    thread.unpark();
                }
                return;
            };
            drop(slots);
            if let Ok(value) = outcome {
                callback(value);
            }
        };
        self.queue.send(Box::new(job)).unwrap();
        Fut { slots }
    }
}

struct Slots<T> {
    outcome: Option<thread::Result<T>>,
    callback: Option<Box<dyn FnOnce(T) + Send>>,
    waiting: Option<Thread>,
}

pub struct Fut<T> {
    slots: Arc<Mutex<Slots<T>>>,
}

impl<T> Fut<T> {
    pub fn add_done_callback<F>(self, callback: F)
    where
        F: FnOnce(T) + Send + 'static,
    {
        let outcome = {
            let mut slots = self.slots.lock().unwrap();
            let Some(outcome) = slots.outcome.take() else {
                slots.callback = Some(Box::new(callback));
                return;
            };
            outcome
        };
        if let Ok(value) = outcome {
            callback(value);
        }
    }

    pub fn result(self) -> T {
        loop {
            let mut slots = self.slots.lock().unwrap();
            match slots.outcome.take() {
                Some(outcome) => {
                    drop(slots);
                    return outcome.unwrap_or_else(|panic| resume_unwind(panic));
                }
                None => slots.waiting = Some(thread::current()),
            }
            drop(slots);
            thread::park();
        }
    }
}

pub fn func<T: Add<Output = T>>(x: T, y: T) -> T {
    x + y
}

pub fn run<T>(pool: &Pool, x: T, y: T)
where
    T: Add<Output = T> + Display + Send + 'static,
{
    let future = pool.submit(move || func(x, y));
    future.add_done_callback(|sum| println!("Got: {sum}"));
}
