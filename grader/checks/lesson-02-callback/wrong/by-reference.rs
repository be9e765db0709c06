//! fails: used-up
//! en: `&self` in both methods lets the result be had twice, as in Python, where all get the same object. Here it must
//! be cloned for that, and only types that can be cloned fit. Take `self`: the value goes to one place, and the
//! compiler sees to it.
//! ru: `&self` в обоих методах позволяет получить результат дважды, как в Python, где всем достаётся один и тот же
//! объект. Здесь его приходится клонировать, и годятся только типы, которые это умеют. Берите `self`: значение
//! достаётся кому-то одному, и следит за этим компилятор.

use std::fmt::Display;
use std::ops::Add;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex};
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

    pub fn submit<T: Clone + Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Fut<T> {
        let state = State { outcome: None, callbacks: Vec::new() };
        let shared = Arc::new((Mutex::new(state), Condvar::new()));
        let fut = Fut { shared: Arc::clone(&shared) };
        let job = move || {
            let outcome = catch_unwind(AssertUnwindSafe(job));
            let value = outcome.as_ref().ok().cloned();
            let mut state = shared.0.lock().unwrap();
            state.outcome = Some(outcome);
            let callbacks = std::mem::take(&mut state.callbacks);
            drop(state);
            shared.1.notify_all();
            for callback in callbacks {
                if let Some(value) = value.clone() {
                    callback(value);
                }
            }
        };
        self.queue.send(Box::new(job)).unwrap();
        fut
    }
}

struct State<T> {
    outcome: Option<thread::Result<T>>,
    callbacks: Vec<Box<dyn FnOnce(T) + Send>>,
}

pub struct Fut<T> {
    shared: Arc<(Mutex<State<T>>, Condvar)>,
}

impl<T: Clone + Send + 'static> Fut<T> {
    pub fn add_done_callback(&self, callback: impl FnOnce(T) + Send + 'static) {
        let mut state = self.shared.0.lock().unwrap();
        match &state.outcome {
            Some(Ok(value)) => {
                let value = value.clone();
                drop(state);
                callback(value);
            }
            Some(Err(_)) => {}
            None => state.callbacks.push(Box::new(callback)),
        }
    }

    pub fn result(&self) -> T {
        let state = self.shared.0.lock().unwrap();
        let mut state = self.shared.1.wait_while(state, |state| state.outcome.is_none()).unwrap();
        if let Some(Ok(value)) = &state.outcome {
            return value.clone();
        }
        match state.outcome.take() {
            Some(Err(panic)) => {
                drop(state);
                resume_unwind(panic)
            }
            _ => unreachable!(),
        }
    }
}

pub fn func<T: Add<Output = T>>(x: T, y: T) -> T {
    x + y
}

pub fn run<T>(pool: &Pool, x: T, y: T)
where
    T: Add<Output = T> + Clone + Display + Send + 'static,
{
    let future = pool.submit(move || func(x, y));
    future.add_done_callback(|sum| println!("Got: {sum}"));
}
