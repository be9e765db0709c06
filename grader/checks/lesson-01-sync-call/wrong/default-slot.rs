//! fails: any-type
//! en: You fill the slot with `T::default()` until the result comes, so only types that have a default can come back.
//! What is not there yet is `None`: `Mutex<Option<T>>`, or a channel, which needs no first value at all.
//! ru: До прихода результата в ячейке лежит `T::default()`, поэтому вернуться могут только типы, у которых есть
//! значение по умолчанию. То, чего ещё нет, — это `None`: `Mutex<Option<T>>`, или канал, которому первое значение не
//! нужно вовсе.

use std::fmt::Display;
use std::ops::Add;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Condvar, Mutex};
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

    pub fn submit<T: Default + Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Fut<T> {
        let slot = Arc::new((Mutex::new((Ok(T::default()), false)), Condvar::new()));
        let reply = Arc::clone(&slot);
        let job = Box::new(move || {
            let outcome = catch_unwind(AssertUnwindSafe(job));
            *reply.0.lock().unwrap() = (outcome, true);
            reply.1.notify_one();
        });
        self.queue.as_ref().unwrap().send(job).unwrap();
        Fut { slot }
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

type Slot<T> = (Mutex<(thread::Result<T>, bool)>, Condvar);

pub struct Fut<T> {
    slot: Arc<Slot<T>>,
}

impl<T: Default> Fut<T> {
    pub fn result(self) -> T {
        let mut slot = self.slot.0.lock().unwrap();
        while !slot.1 {
            slot = self.slot.1.wait(slot).unwrap();
        }
        match std::mem::replace(&mut slot.0, Ok(T::default())) {
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
    T: Add<Output = T> + Default + Display + Send + 'static,
{
    let future = pool.submit(move || func(x, y));
    println!("Got: {}", future.result());
}
