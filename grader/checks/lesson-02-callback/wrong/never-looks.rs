//! fails: at-once, submits-again
//! en: The callback is always left for the worker, although the worker may be through and gone: then nobody ever calls
//! it. Before you leave it, look whether the outcome is there; if it is, call at once.
//! ru: Колбэк всегда оставляют рабочему, хотя тот мог уже закончить и уйти: тогда его не вызовет никто. Прежде чем
//! оставить колбэк, посмотрите, нет ли уже итога; если есть, вызывайте сразу.

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
        let meeting = Arc::new(Mutex::new(None));
        let promise = Promise { meeting: Arc::clone(&meeting) };
        let job = move || promise.complete(catch_unwind(AssertUnwindSafe(job)));
        self.queue.send(Box::new(job)).unwrap();
        Fut { meeting }
    }
}

type Outcome<T> = thread::Result<T>;
type Callback<T> = Box<dyn FnOnce(Outcome<T>) + Send>;

enum Half<T> {
    Outcome(Outcome<T>),
    Callback(Callback<T>),
}

struct Promise<T> {
    meeting: Arc<Mutex<Option<Half<T>>>>,
}

impl<T> Promise<T> {
    fn complete(self, outcome: Outcome<T>) {
        let mut left = self.meeting.lock().unwrap();
        match left.take() {
            Some(Half::Callback(callback)) => {
                drop(left);
                callback(outcome);
            }
            _ => *left = Some(Half::Outcome(outcome)),
        }
    }
}

pub struct Fut<T> {
    meeting: Arc<Mutex<Option<Half<T>>>>,
}

impl<T: Send + 'static> Fut<T> {
    pub fn add_done_callback(self, callback: impl FnOnce(T) + Send + 'static) {
        *self.meeting.lock().unwrap() = Some(Half::Callback(Box::new(move |outcome| {
            if let Ok(value) = outcome {
                callback(value);
            }
        })));
    }

    pub fn result(self) -> T {
        let (reply, outcome) = channel();
        self.when_over(Box::new(move |outcome| {
            let _ = reply.send(outcome);
        }));
        match outcome.recv().unwrap() {
            Ok(value) => value,
            Err(panic) => resume_unwind(panic),
        }
    }

    fn when_over(self, callback: Callback<T>) {
        let mut left = self.meeting.lock().unwrap();
        match left.take() {
            Some(Half::Outcome(outcome)) => {
                drop(left);
                callback(outcome);
            }
            _ => *left = Some(Half::Callback(callback)),
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
