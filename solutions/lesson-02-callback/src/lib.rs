//! A callback in place of waiting: whoever comes second, the result or the callback, finds the other one and calls.

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
        let meeting = Arc::new(Meeting { left: Mutex::new(None) });
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

/// What one side brings to the meeting.
enum Half<T> {
    Outcome(Outcome<T>),
    Callback(Callback<T>),
}

/// Where the worker and the owner of the `Fut` find what the other one has left.
struct Meeting<T> {
    left: Mutex<Option<Half<T>>>,
}

impl<T> Meeting<T> {
    /// Whoever comes first leaves its half; whoever comes second gets both, and calls.
    fn come_with(&self, mine: Half<T>) {
        if let Some((callback, outcome)) = self.leave_or_take(mine) {
            callback(outcome);
        }
    }

    /// Looks and leaves in one step: nobody comes in between. The lock is let go on return, before anything is called.
    fn leave_or_take(&self, mine: Half<T>) -> Option<(Callback<T>, Outcome<T>)> {
        let mut left = self.left.lock().expect("nobody panics with this lock");
        match (left.take(), mine) {
            (Some(Half::Callback(callback)), Half::Outcome(outcome))
            | (Some(Half::Outcome(outcome)), Half::Callback(callback)) => Some((callback, outcome)),
            (_, mine) => {
                *left = Some(mine);
                None
            }
        }
    }
}

/// The worker's end of a [`Fut`].
struct Promise<T> {
    meeting: Arc<Meeting<T>>,
}

impl<T> Promise<T> {
    /// The job is over: has the callback called, on this thread, or leaves the outcome until there is one.
    fn complete(self, outcome: Outcome<T>) {
        self.meeting.come_with(Half::Outcome(outcome));
    }
}

/// A receipt for the result of a job that somebody else runs; `concurrent.futures.Future` in Python.
pub struct Fut<T> {
    meeting: Arc<Meeting<T>>,
}

impl<T: Send + 'static> Fut<T> {
    /// Has the callback called with the result, and never waits for it.
    ///
    /// If the result is there, the callback is called at once, on this thread. If not, the worker calls it as soon as the
    /// job is over. If the job panicked, the callback is dropped uncalled.
    pub fn add_done_callback(self, callback: impl FnOnce(T) + Send + 'static) {
        self.when_over(|outcome| {
            if let Ok(result) = outcome {
                callback(result);
            }
        });
    }

    /// Waits until the job is over and returns its result; if the job panicked, the same panic goes on here.
    pub fn result(self) -> T {
        let (reply, outcome) = channel();
        // Waiting is one more thing that a callback can end.
        self.when_over(move |outcome| {
            let _ = reply.send(outcome);
        });
        match outcome.recv().expect("every job is run, and has its callback called") {
            Ok(result) => result,
            Err(panic) => resume_unwind(panic),
        }
    }

    fn when_over(self, callback: impl FnOnce(Outcome<T>) + Send + 'static) {
        self.meeting.come_with(Half::Callback(Box::new(callback)));
    }
}

/// The function of the slide.
pub fn func<T: Add<Output = T>>(x: T, y: T) -> T {
    x + y
}

/// Has a worker call `func(x, y)` and the result printed when it is there; does not wait.
pub fn run<T>(pool: &Pool, x: T, y: T)
where
    T: Add<Output = T> + Display + Send + 'static,
{
    let future = pool.submit(move || func(x, y));
    future.add_done_callback(|sum| println!("Got: {sum}"));
}
