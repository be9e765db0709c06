//! fails: submits-again, panics
//! en: All futures live in one table under one lock, and the callback is called while it is locked. A callback that
//! submits a job needs the table too, and waits for a lock that its own thread holds; one that panics leaves the lock
//! poisoned for everybody. Take the callback out, let go of the lock, then call.
//! ru: Все фьючерсы лежат в одной таблице под одним мьютексом, и колбэк вызывается, пока она заперта. Колбэку, который
//! подаёт задание, нужна та же таблица, и он ждёт мьютекс, запертый его же потоком ОС; а паника в колбэке отравляет
//! мьютекс для всех. Достаньте колбэк, отпустите мьютекс, потом вызывайте.

use std::any::Any;
use std::collections::HashMap;
use std::fmt::Display;
use std::marker::PhantomData;
use std::ops::Add;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

type Job = Box<dyn FnOnce() + Send>;

pub struct Pool {
    queue: Sender<Job>,
    table: Arc<Mutex<Table>>,
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
        Pool { queue, table: Arc::default(), _workers: Workers((0..workers).map(start).collect()) }
    }

    pub fn submit<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Fut<T> {
        let id = self.table.lock().unwrap().new_id();
        let table = Arc::clone(&self.table);
        let job = move || {
            let outcome = catch_unwind(AssertUnwindSafe(job)).map(|value| Box::new(value) as Value);
            let mut table = table.lock().unwrap();
            match table.callbacks.remove(&id) {
                Some(callback) => callback(outcome),
                None => {
                    table.outcomes.insert(id, outcome);
                }
            }
        };
        self.queue.send(Box::new(job)).unwrap();
        Fut { id, table: Arc::clone(&self.table), _value: PhantomData }
    }
}

type Value = Box<dyn Any + Send>;
type Callback = Box<dyn FnOnce(thread::Result<Value>) + Send>;

#[derive(Default)]
struct Table {
    last_id: u64,
    outcomes: HashMap<u64, thread::Result<Value>>,
    callbacks: HashMap<u64, Callback>,
}

impl Table {
    fn new_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }
}

pub struct Fut<T> {
    id: u64,
    table: Arc<Mutex<Table>>,
    _value: PhantomData<T>,
}

impl<T: Send + 'static> Fut<T> {
    pub fn add_done_callback(self, callback: impl FnOnce(T) + Send + 'static) {
        self.when_over(Box::new(move |outcome| {
            if let Ok(value) = outcome {
                callback(*value.downcast().unwrap());
            }
        }));
    }

    pub fn result(self) -> T {
        let (reply, outcome) = channel();
        self.when_over(Box::new(move |outcome| {
            let _ = reply.send(outcome);
        }));
        match outcome.recv().unwrap() {
            Ok(value) => *value.downcast().unwrap(),
            Err(panic) => resume_unwind(panic),
        }
    }

    fn when_over(self, callback: Callback) {
        let mut table = self.table.lock().unwrap();
        match table.outcomes.remove(&self.id) {
            Some(outcome) => callback(outcome),
            None => {
                table.callbacks.insert(self.id, callback);
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
