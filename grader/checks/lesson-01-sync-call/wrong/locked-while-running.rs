//! fails: workers
//! en: The workers run one job at a time: the lock of the queue is held while a job runs. In `while let Ok(job) =
//! jobs.lock().unwrap().recv()` the guard is a temporary, and it lives until the end of the loop's body. Take the job
//! in a statement or a function of its own, so that the guard is gone before `job()`.
//! ru: Рабочие выполняют по одному заданию за раз: пока оно идёт, мьютекс очереди заперт. В `while let Ok(job) =
//! jobs.lock().unwrap().recv()` страж — временное значение и живёт до конца тела цикла. Берите задание отдельной
//! инструкцией или функцией, чтобы страж исчез до `job()`.

use std::fmt::Display;
use std::ops::Add;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
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
                while let Ok(job) = jobs.lock().unwrap().recv() {
                    job();
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
        Fut { outcome }
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
}

impl<T> Fut<T> {
    pub fn result(self) -> T {
        match self.outcome.recv().unwrap() {
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
    T: Add<Output = T> + Display + Send + 'static,
{
    let future = pool.submit(move || func(x, y));
    println!("Got: {}", future.result());
}
