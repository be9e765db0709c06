//! fails: slide, later, submits-again, panics, captures
//! en: `add_done_callback` waits for the result and then calls: that is `result` with a detour, and `run` returns no
//! sooner than before. Leave the callback where the worker will find it, and return.
//! ru: `add_done_callback` ждёт результата, а потом вызывает: это `result` окольным путём, и `run` возвращается ничуть
//! не раньше. Оставьте колбэк там, где его найдёт рабочий, и возвращайтесь.

use std::fmt::Display;
use std::ops::Add;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
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
        let (reply, outcome) = channel();
        let job = move || {
            let _ = reply.send(catch_unwind(AssertUnwindSafe(job)));
        };
        self.queue.send(Box::new(job)).unwrap();
        Fut { outcome }
    }
}

pub struct Fut<T> {
    outcome: Receiver<thread::Result<T>>,
}

impl<T: Send + 'static> Fut<T> {
    pub fn add_done_callback(self, callback: impl FnOnce(T)) {
        callback(self.result());
    }

    pub fn result(self) -> T {
        match self.outcome.recv().unwrap() {
            Ok(value) => value,
            Err(panic) => resume_unwind(panic),
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
