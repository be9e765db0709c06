//! A pool of threads and a receipt for each job: one queue in, one channel back.

use std::fmt::Display;
use std::ops::Add;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

type Job = Box<dyn FnOnce() + Send>;

/// Threads that share one queue of jobs.
///
/// Dropping the pool waits until every job that was submitted has run, and the threads have ended.
pub struct Pool {
    // Fields are dropped in the order of declaration: first the queue is closed, then its readers are joined.
    queue: Sender<Job>,
    _workers: Workers,
}

struct Workers(Vec<JoinHandle<()>>);

impl Drop for Workers {
    fn drop(&mut self) {
        for worker in self.0.drain(..) {
            // A job's panic went to its `Fut`: a worker has none of its own.
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
        let (reply, outcome) = channel();
        let job = move || {
            // Sending fails when the `Fut` is gone: then nobody wants to know.
            let _ = reply.send(catch_unwind(AssertUnwindSafe(job)));
        };
        self.queue.send(Box::new(job)).expect("the workers live as long as the pool");
        Fut { outcome }
    }
}

/// What a worker does all its life: take the oldest job, run it; until the queue is empty and closed.
fn work(jobs: &Mutex<Receiver<Job>>) {
    while let Some(job) = next(jobs) {
        job();
    }
}

/// Waits for a job. The lock is let go on return: the others take theirs while this one runs.
fn next(jobs: &Mutex<Receiver<Job>>) -> Option<Job> {
    jobs.lock().ok()?.recv().ok()
}

/// A receipt for the result of a job that somebody else runs; `concurrent.futures.Future` in Python.
pub struct Fut<T> {
    outcome: Receiver<thread::Result<T>>,
}

impl<T> Fut<T> {
    /// Waits until the job is over and returns its result; if the job panicked, the same panic goes on here.
    pub fn result(self) -> T {
        match self.outcome.recv().expect("every job is run, and replies") {
            Ok(result) => result,
            Err(panic) => resume_unwind(panic),
        }
    }
}

/// The function of the slide.
pub fn func<T: Add<Output = T>>(x: T, y: T) -> T {
    x + y
}

/// Has a worker call `func(x, y)`, waits for the result, and prints it.
pub fn run<T>(pool: &Pool, x: T, y: T)
where
    T: Add<Output = T> + Display + Send + 'static,
{
    let future = pool.submit(move || func(x, y));
    println!("Got: {}", future.result());
}
