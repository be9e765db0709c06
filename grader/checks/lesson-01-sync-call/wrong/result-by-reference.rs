//! fails: any-type, asked-once
//! en: `result(&self)` leaves the value where it is and gives out copies, so it works for types that can be cloned, and
//! for no others. Python hands out one shared object; in Rust the result has one owner: `result(self)` moves it out and
//! uses up the `Fut`.
//! ru: `result(&self)` оставляет значение на месте и раздаёт копии, поэтому годится только для типов, которые можно
//! клонировать. Python раздаёт один общий объект; в Rust у результата один владелец: `result(self)` забирает его и
//! расходует `Fut`.

use std::fmt::Display;
use std::ops::Add;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread::{self, JoinHandle};

type Job = Box<dyn FnOnce() + Send>;

pub struct Pool {
    queue: Option<Sender<Job>>,
    workers: Vec<JoinHandle<()>>,
}

impl Pool {
    pub fn new(workers: usize) -> Self {
        assert!(workers > 0, "no workers");
        let (queue, jobs) = channel::<Job>();
        let jobs = Arc::new(Mutex::new(jobs));
        let mut handles = Vec::new();
        for _ in 0..workers {
            let jobs = Arc::clone(&jobs);
            handles.push(thread::spawn(move || {
                loop {
                    let job = jobs.lock().unwrap().recv();
                    match job {
                        Ok(job) => job(),
                        Err(_) => break,
                    }
                }
            }));
        }
        Pool { queue: Some(queue), workers: handles }
    }

    pub fn submit<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Fut<T> {
        let (reply, outcome) = channel();
        let job = Box::new(move || {
            let _ = reply.send(catch_unwind(AssertUnwindSafe(job)));
        });
        self.queue.as_ref().unwrap().send(job).unwrap();
        Fut { outcome, value: OnceLock::new() }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        drop(self.queue.take());
        for worker in self.workers.drain(..) {
            let _ = worker.join();
        }
    }
}

pub struct Fut<T> {
    outcome: Receiver<thread::Result<T>>,
    value: OnceLock<T>,
}

impl<T: Clone> Fut<T> {
    pub fn result(&self) -> T {
        let value = self.value.get_or_init(|| match self.outcome.recv().unwrap() {
            Ok(value) => value,
            Err(panic) => resume_unwind(panic),
        });
        value.clone()
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
    println!("Got: {}", future.result());
}
