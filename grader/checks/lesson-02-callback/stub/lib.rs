//! Lesson 02: don't wait, be called.
//!
//! The pool is lesson 01's and complete. You write the `Fut`: it has a callback called with the result, whichever of the
//! two is there first. `src/main.rs` is the slide's program.

#![allow(dead_code, unused_imports, unused_variables)] // TODO: remove this line when everything below is used

use std::fmt::Display;
use std::ops::Add;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

type Job = Box<dyn FnOnce() + Send>;

/// The pool of lesson 01: threads that share one queue of jobs.
///
/// Dropping it waits until every job that was submitted has run, with its callback, and the threads have ended.
pub struct Pool {
    // Fields are dropped in the order of declaration: first the queue is closed, then its readers are joined.
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

impl Pool {
    /// Starts so many threads. Panics if there would be none: nobody would ever run a job.
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

    /// Queues a job and returns at once, with a receipt for what the job will return.
    pub fn submit<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Fut<T> {
        let meeting = Arc::new(Mutex::new(None));
        let promise = Promise { meeting: Arc::clone(&meeting) };
        let job = move || promise.complete(catch_unwind(AssertUnwindSafe(job)));
        self.queue.send(Box::new(job)).expect("the workers live as long as the pool");
        Fut { meeting }
    }
}

fn work(jobs: &Mutex<Receiver<Job>>) {
    while let Some(job) = next(jobs) {
        // A job's own panic is caught in it, so this one is its callback's. It has nobody to go to.
        let _ = catch_unwind(AssertUnwindSafe(job));
    }
}

fn next(jobs: &Mutex<Receiver<Job>>) -> Option<Job> {
    jobs.lock().ok()?.recv().ok()
}

/// What a job came to: its value, or what it panicked with.
type Outcome<T> = thread::Result<T>;

/// What is to be done with an outcome, on whichever thread.
type Callback<T> = Box<dyn FnOnce(Outcome<T>) + Send>;

/// What one side of a [`Fut`] leaves for the other. Neither knows which of them will come first.
enum Half<T> {
    Outcome(Outcome<T>),
    Callback(Callback<T>),
}

/// The worker's side of a [`Fut`].
struct Promise<T> {
    meeting: Arc<Mutex<Option<Half<T>>>>,
}

impl<T> Promise<T> {
    /// The job is over: has the callback called, on this thread, or leaves the outcome until there is one.
    fn complete(self, outcome: Outcome<T>) {
        // TODO: if a callback was left, call it, but not under the lock.
        todo!()
    }
}

/// A receipt for the result of a job that somebody else runs; `concurrent.futures.Future` in Python.
pub struct Fut<T> {
    meeting: Arc<Mutex<Option<Half<T>>>>,
}

impl<T: Send + 'static> Fut<T> {
    /// Has the callback called with the result, and never waits for it.
    ///
    /// If the result is there, the callback is called at once, on this thread. If not, the worker calls it as soon as the
    /// job is over. If the job panicked, the callback is dropped uncalled.
    pub fn add_done_callback(self, callback: impl FnOnce(T) + Send + 'static) {
        todo!()
    }

    /// Waits until the job is over and returns its result; if the job panicked, the same panic goes on here.
    pub fn result(self) -> T {
        // TODO: it can be done with a callback that sends into a channel.
        todo!()
    }
}

/// The function of the slide.
pub fn func<T: Add<Output = T>>(x: T, y: T) -> T {
    x + y
}

/// Has a worker call `func(x, y)` and the result printed when it is there: `Got: 5`. Does not wait.
pub fn run<T>(pool: &Pool, x: T, y: T)
where
    T: Add<Output = T> + Display + Send + 'static,
{
    todo!()
}
