//! What the programs of lesson 02 have in common: a pool that hands outcomes to `Promise::complete`.

use crate::{Fut, Promise, meeting};
use std::fmt::Display;
use std::ops::Add;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

type Job = Box<dyn FnOnce() + Send>;
pub type Outcome<T> = thread::Result<T>;

pub struct Pool {
    queue: Option<Sender<Job>>,
    workers: Vec<JoinHandle<()>>,
}

impl Drop for Pool {
    fn drop(&mut self) {
        drop(self.queue.take());
        for worker in self.workers.drain(..) {
            let _ = worker.join();
        }
    }
}

impl Pool {
    pub fn new(workers: usize) -> Self {
        let (queue, jobs) = channel();
        let jobs: Arc<Mutex<Receiver<Job>>> = Arc::new(Mutex::new(jobs));
        let start = |_| {
            let jobs = Arc::clone(&jobs);
            thread::spawn(move || {
                while let Some(job) = next(&jobs) {
                    let _ = catch_unwind(AssertUnwindSafe(job));
                }
            })
        };
        Pool { queue: Some(queue), workers: (0..workers).map(start).collect() }
    }

    pub fn submit<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Fut<T> {
        let (promise, fut): (Promise<T>, Fut<T>) = meeting();
        let job = move || promise.complete(catch_unwind(AssertUnwindSafe(job)));
        self.queue.as_ref().unwrap().send(Box::new(job)).unwrap();
        fut
    }
}

fn next(jobs: &Mutex<Receiver<Job>>) -> Option<Job> {
    jobs.lock().unwrap().recv().ok()
}

pub fn run<T>(pool: &Pool, x: T, y: T)
where
    T: Add<Output = T> + Display + Send + 'static,
{
    pool.submit(move || x + y).add_done_callback(|sum| println!("Got: {sum}"));
}
