//! en: as Python's pool does, it starts a worker only when a job finds none idle.
//! ru: как пул в Python, запускает рабочего, только если свободных нет.

use std::collections::VecDeque;
use std::fmt::Display;
use std::ops::Add;
use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};

struct State {
    jobs: VecDeque<Box<dyn FnOnce() + Send>>,
    idle: usize,
    closed: bool,
}

struct Shared {
    state: Mutex<State>,
    wake: Condvar,
}

impl Shared {
    fn work(&self) {
        let mut state = self.state.lock().unwrap();
        loop {
            if let Some(job) = state.jobs.pop_front() {
                drop(state);
                job();
                state = self.state.lock().unwrap();
            } else if state.closed {
                return;
            } else {
                state.idle += 1;
                state = self.wake.wait(state).unwrap();
                state.idle -= 1;
            }
        }
    }
}

pub struct Pool {
    most: usize,
    shared: Arc<Shared>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl Pool {
    pub fn new(workers: usize) -> Self {
        if workers == 0 {
            panic!("max_workers must be greater than 0");
        }
        let state = State { jobs: VecDeque::new(), idle: 0, closed: false };
        let shared = Arc::new(Shared { state: Mutex::new(state), wake: Condvar::new() });
        Pool { most: workers, shared, threads: Mutex::default() }
    }

    pub fn submit<T, F>(&self, job: F) -> Fut<T>
    where
        T: Send + 'static,
        F: FnOnce() -> T + Send + 'static,
    {
        let (reply, outcome) = sync_channel(1);
        let mut state = self.shared.state.lock().unwrap();
        state.jobs.push_back(Box::new(move || drop(reply.send(panic::catch_unwind(AssertUnwindSafe(job))))));
        let too_few = state.jobs.len() > state.idle;
        drop(state);
        self.shared.wake.notify_one();
        let mut threads = self.threads.lock().unwrap();
        if too_few && threads.len() < self.most {
            let shared = Arc::clone(&self.shared);
            threads.push(thread::spawn(move || shared.work()));
        }
        Fut(outcome)
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.shared.state.lock().unwrap().closed = true;
        self.shared.wake.notify_all();
        for thread in std::mem::take(self.threads.get_mut().unwrap()) {
            thread.join().unwrap();
        }
    }
}

pub struct Fut<T>(Receiver<thread::Result<T>>);

impl<T> Fut<T> {
    pub fn result(self) -> T {
        self.0.recv().unwrap().unwrap_or_else(|panic| panic::resume_unwind(panic))
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
    println!("Got: {}", future.result());
}
