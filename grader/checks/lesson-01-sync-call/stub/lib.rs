//! Lesson 01: a call that somebody else makes.
//!
//! You build a pool of threads. `submit` puts a job into its queue and returns a `Fut`, a receipt; `result` waits for
//! what the job returns. `src/main.rs` is the slide's program.

#![allow(dead_code, unused_variables)] // TODO: remove this line when everything below is used

use std::fmt::Display;
use std::ops::Add;
use std::sync::mpsc::Receiver;
use std::thread::{self, JoinHandle};

/// A job as a worker sees it: something to call once, on the worker's own thread.
type Job = Box<dyn FnOnce() + Send>;

/// Threads that share one queue of jobs.
///
/// Dropping the pool waits until every job that was submitted has run, and the threads have ended.
// TODO: have that done when a `Pool` is dropped.
pub struct Pool {
    workers: Vec<JoinHandle<()>>,
    // TODO: the end of the queue that jobs go into.
}

impl Pool {
    /// Starts so many threads. Panics if there would be none: nobody would ever run a job.
    pub fn new(workers: usize) -> Self {
        todo!()
    }

    /// Queues a job and returns at once, with a receipt for what the job will return.
    ///
    /// The oldest job in the queue is taken by the first worker that is free.
    pub fn submit<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Fut<T> {
        // TODO: a worker runs `Job`s and knows no `T`. Wrap `job` in a closure that sends its result to the `Fut`.
        todo!()
    }
}

/// A receipt for the result of a job that somebody else runs; `concurrent.futures.Future` in Python.
///
/// Whoever drops it unasked misses the result; the job runs all the same.
pub struct Fut<T> {
    // One way to wait for a result. `thread::Result` holds it, or what the job panicked with.
    outcome: Receiver<thread::Result<T>>,
}

impl<T> Fut<T> {
    /// Waits until the job is over and returns its result; if the job panicked, the same panic goes on here.
    pub fn result(self) -> T {
        todo!()
    }
}

/// The function of the slide.
pub fn func<T: Add<Output = T>>(x: T, y: T) -> T {
    x + y
}

/// Has a worker call `func(x, y)`, waits for the result, and prints it: `Got: 5`.
pub fn run<T>(pool: &Pool, x: T, y: T)
where
    T: Add<Output = T> + Display + Send + 'static,
{
    todo!()
}
