//! fails: no-lost-result
//! en: `result` looks into the slot, lets go of the lock, and then waits on the condition variable. A job that ends in between notifies nobody. `Condvar::wait` takes the guard that you looked with.
//! ru: `result` смотрит в ячейку, отпускает мьютекс и лишь потом ждёт на условной переменной. Задание, которое кончилось посередине, никого не разбудит. `Condvar::wait` берёт того же стража, под которым вы смотрели.

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
        let slot = Arc::new((Mutex::new(None), Condvar::new()));
        let reply = Arc::clone(&slot);
        let job = move || {
            let outcome = catch_unwind(AssertUnwindSafe(job));
            *reply.0.lock().unwrap() = Some(outcome);
            reply.1.notify_one();
        };
        self.queue.send(Box::new(job)).expect("the workers live as long as the pool");
        Fut { slot }
    }
}

fn work(jobs: &Mutex<Receiver<Job>>) {
    while let Some(job) = next(jobs) {
        job();
    }
}

fn next(jobs: &Mutex<Receiver<Job>>) -> Option<Job> {
    jobs.lock().ok()?.recv().ok()
}

type Slot<T> = Arc<(Mutex<Option<thread::Result<T>>>, Condvar)>;

pub struct Fut<T> {
    slot: Slot<T>,
}

impl<T> Fut<T> {
    pub fn result(self) -> T {
        loop {
            let outcome = self.slot.0.lock().unwrap().take();
            match outcome {
                Some(Ok(result)) => return result,
                Some(Err(panic)) => resume_unwind(panic),
                None => {
                    let guard = self.slot.0.lock().unwrap();
                    drop(self.slot.1.wait(guard).unwrap());
                }
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
    println!("Got: {}", future.result());
}
