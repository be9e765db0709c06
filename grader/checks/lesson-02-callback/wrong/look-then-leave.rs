//! fails: no-lost-callback
//! en: Almost always right, and that is the trouble. `add_done_callback` looks: no result yet. It lets go of the lock,
//! and in this gap the job ends; the worker finds no callback. Then the callback is stored, and nobody will ever look
//! again. Look and store under one lock, without letting go.
//! ru: Почти всегда верно — в том и беда. `add_done_callback` смотрит: результата ещё нет. Отпускает мьютекс, и в эту
//! щель попадает конец задания; рабочий колбэка не находит. Потом колбэк кладут, и никто никогда больше не посмотрит.
//! Смотрите и кладите под одним мьютексом, не отпуская его.

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
        let shared = Arc::new(Shared { outcome: Mutex::new(None), callback: Mutex::new(None) });
        let fut = Fut { shared: Arc::clone(&shared) };
        let job = move || {
            *shared.outcome.lock().unwrap() = Some(catch_unwind(AssertUnwindSafe(job)));
            let callback = shared.callback.lock().unwrap().take();
            if let Some(callback) = callback {
                let outcome = shared.outcome.lock().unwrap().take();
                callback(outcome.unwrap());
            }
        };
        self.queue.send(Box::new(job)).unwrap();
        fut
    }
}

type Outcome<T> = thread::Result<T>;
type Callback<T> = Box<dyn FnOnce(Outcome<T>) + Send>;

struct Shared<T> {
    outcome: Mutex<Option<Outcome<T>>>,
    callback: Mutex<Option<Callback<T>>>,
}

pub struct Fut<T> {
    shared: Arc<Shared<T>>,
}

impl<T: Send + 'static> Fut<T> {
    pub fn add_done_callback(self, callback: impl FnOnce(T) + Send + 'static) {
        let outcome = self.shared.outcome.lock().unwrap().take();
        match outcome {
            Some(Ok(value)) => callback(value),
            Some(Err(_)) => {}
            None => {
                let callback = Box::new(move |outcome: Outcome<T>| {
                    if let Ok(value) = outcome {
                        callback(value);
                    }
                });
                *self.shared.callback.lock().unwrap() = Some(callback);
            }
        }
    }

    pub fn result(self) -> T {
        loop {
            let outcome = self.shared.outcome.lock().unwrap().take();
            match outcome {
                Some(Ok(value)) => return value,
                Some(Err(panic)) => resume_unwind(panic),
                None => thread::yield_now(),
            }
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
