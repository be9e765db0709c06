//! en: an `enum` of four states under a `Mutex`, and a `Condvar` for those who wait.
//! ru: `enum` из четырёх состояний под `Mutex` и `Condvar` для тех, кто ждёт.

use std::fmt::Display;
use std::mem;
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

    pub fn submit<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Fut<T> {
        let shared = Arc::new(Shared { state: Mutex::new(State::Running), over: Condvar::new() });
        let fut = Fut { shared: Arc::clone(&shared) };
        self.queue.send(Box::new(move || shared.complete(catch_unwind(AssertUnwindSafe(job))))).unwrap();
        fut
    }
}

enum State<T> {
    Running,
    Awaited(Box<dyn FnOnce(T) + Send>),
    Over(thread::Result<T>),
    Gone,
}

struct Shared<T> {
    state: Mutex<State<T>>,
    over: Condvar,
}

impl<T> Shared<T> {
    fn complete(&self, outcome: thread::Result<T>) {
        let mut state = self.state.lock().unwrap();
        match (mem::replace(&mut *state, State::Gone), outcome) {
            (State::Awaited(callback), outcome) => {
                drop(state);
                if let Ok(value) = outcome {
                    callback(value);
                }
            }
            (_, outcome) => {
                *state = State::Over(outcome);
                self.over.notify_one();
            }
        }
    }
}

pub struct Fut<T> {
    shared: Arc<Shared<T>>,
}

impl<T: Send + 'static> Fut<T> {
    pub fn add_done_callback(self, callback: impl FnOnce(T) + Send + 'static) {
        let mut state = self.shared.state.lock().unwrap();
        match mem::replace(&mut *state, State::Gone) {
            State::Over(outcome) => {
                drop(state);
                if let Ok(value) = outcome {
                    callback(value);
                }
            }
            _ => *state = State::Awaited(Box::new(callback)),
        }
    }

    pub fn result(self) -> T {
        let state = self.shared.state.lock().unwrap();
        let mut state = self.shared.over.wait_while(state, |state| matches!(state, State::Running)).unwrap();
        let outcome = match mem::replace(&mut *state, State::Gone) {
            State::Over(outcome) => outcome,
            _ => unreachable!("a `Fut` is used once"),
        };
        drop(state);
        outcome.unwrap_or_else(|panic| resume_unwind(panic))
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
