//! fails: no-lost-result
//! en: `result` looks whether the job is over, then tells whom to wake, then sleeps. A job that ends after the look and before the name is there wakes nobody. Look again after you have left your name.
//! ru: `result` смотрит, кончилось ли задание, потом записывает, кого будить, потом засыпает. Задание, которое кончилось после взгляда и до записи, никого не разбудит. Записав себя, посмотрите ещё раз.

use std::fmt::Display;
use std::ops::Add;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle, Thread};

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
        let slot =
            Arc::new(Slot { outcome: Mutex::new(None), is_over: AtomicBool::new(false), sleeper: Mutex::new(None) });
        let reply = Arc::clone(&slot);
        let job = move || {
            let outcome = catch_unwind(AssertUnwindSafe(job));
            *reply.outcome.lock().unwrap() = Some(outcome);
            reply.is_over.store(true, Ordering::SeqCst);
            if let Some(sleeper) = reply.sleeper.lock().unwrap().take() {
                sleeper.unpark();
            }
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

struct Slot<T> {
    outcome: Mutex<Option<thread::Result<T>>>,
    is_over: AtomicBool,
    sleeper: Mutex<Option<Thread>>,
}

pub struct Fut<T> {
    slot: Arc<Slot<T>>,
}

impl<T> Fut<T> {
    pub fn result(self) -> T {
        if !self.slot.is_over.load(Ordering::SeqCst) {
            *self.slot.sleeper.lock().unwrap() = Some(thread::current());
            thread::park();
        }
        let outcome = self.slot.outcome.lock().unwrap().take();
        match outcome.unwrap() {
            Ok(result) => result,
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
    println!("Got: {}", future.result());
}
