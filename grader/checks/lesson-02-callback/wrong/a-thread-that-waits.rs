//! fails: later, at-once, submits-again, panics
//! races: yes
//! en: A new thread waits for the result and calls back. The caller is free, but at the price of a thread for each
//! callback, and nobody knows when it gets round to calling. The worker is there already when its job ends: let it
//! call; and if the job is over, the caller can.
//! ru: Результата ждёт и вызывает колбэк новый поток ОС. Вызвавший свободен, но ценой потока на каждый колбэк, и
//! неизвестно, когда тот до вызова доберётся. Когда задание кончается, рабочий уже на месте: пусть вызовет он; а если
//! оно уже кончилось, вызовет сам вызвавший.

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
    waiting: Arc<Mutex<Vec<JoinHandle<()>>>>,
}

impl Drop for Pool {
    fn drop(&mut self) {
        for thread in std::mem::take(&mut *self.waiting.lock().unwrap()) {
            let _ = thread.join();
        }
    }
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
        Pool { queue, _workers: Workers((0..workers).map(start).collect()), waiting: Arc::default() }
    }

    pub fn submit<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Fut<T> {
        let (reply, outcome) = channel();
        let job = move || {
            let _ = reply.send(catch_unwind(AssertUnwindSafe(job)));
        };
        self.queue.send(Box::new(job)).unwrap();
        Fut { outcome, waiting: Arc::clone(&self.waiting) }
    }
}

pub struct Fut<T> {
    outcome: Receiver<thread::Result<T>>,
    waiting: Arc<Mutex<Vec<JoinHandle<()>>>>,
}

impl<T: Send + 'static> Fut<T> {
    pub fn add_done_callback(self, callback: impl FnOnce(T) + Send + 'static) {
        let waiting = Arc::clone(&self.waiting);
        let thread = thread::spawn(move || {
            if let Ok(Ok(value)) = self.outcome.recv() {
                callback(value);
            }
        });
        let mut waiting = waiting.lock().unwrap();
        waiting.retain(|thread| !thread.is_finished());
        waiting.push(thread);
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
