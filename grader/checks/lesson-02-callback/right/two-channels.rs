//! en: each side sends its half into a channel and raises a flag; whoever finds the flag raised receives both halves.
//! ru: каждая сторона отправляет свою половину в канал и поднимает флаг; кто нашёл флаг поднятым, получает обе
//! половины.

use std::fmt::Display;
use std::ops::Add;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

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
        let (outcome, outcomes) = channel();
        let (callback, callbacks) = channel();
        let table = Arc::new(Table {
            somebody_was_here: AtomicBool::new(false),
            outcomes: Mutex::new(outcomes),
            callbacks: Mutex::new(callbacks),
        });
        let fut = Fut { callback, table: Arc::clone(&table) };
        self.queue
            .send(Box::new(move || {
                outcome.send(catch_unwind(AssertUnwindSafe(job))).unwrap();
                table.leave();
            }))
            .unwrap();
        fut
    }
}

type Callback<T> = Box<dyn FnOnce(thread::Result<T>) + Send>;

struct Table<T> {
    somebody_was_here: AtomicBool,
    outcomes: Mutex<Receiver<thread::Result<T>>>,
    callbacks: Mutex<Receiver<Callback<T>>>,
}

impl<T> Table<T> {
    fn leave(&self) {
        if self.somebody_was_here.swap(true, Ordering::AcqRel) {
            let outcome = self.outcomes.lock().unwrap().recv().unwrap();
            let callback = self.callbacks.lock().unwrap().recv().unwrap();
            callback(outcome);
        }
    }
}

pub struct Fut<T> {
    callback: Sender<Callback<T>>,
    table: Arc<Table<T>>,
}

impl<T: Send + 'static> Fut<T> {
    pub fn add_done_callback(self, callback: impl FnOnce(T) + Send + 'static) {
        self.then(Box::new(|outcome| drop(outcome.map(callback))));
    }

    pub fn result(self) -> T {
        let (reply, outcome) = channel();
        self.then(Box::new(move |it| reply.send(it).unwrap()));
        outcome.recv().unwrap().unwrap_or_else(|panic| resume_unwind(panic))
    }

    fn then(self, callback: Callback<T>) {
        self.callback.send(callback).unwrap();
        self.table.leave();
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
