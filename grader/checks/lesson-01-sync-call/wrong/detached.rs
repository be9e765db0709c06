//! fails: drop-joins
//! en: Nothing waits for the workers: a `JoinHandle` that is dropped lets its thread go its own way, and when `main`
//! ends, so does everything still under way. Implement `Drop` for the pool: close the queue, then `join` each worker.
//! ru: Рабочих никто не ждёт: уничтоженный `JoinHandle` отпускает поток ОС на волю, а когда кончится `main`, оборвётся
//! и всё недоделанное. Реализуйте `Drop` для пула: закройте очередь, потом дождитесь (`join`) каждого рабочего.

use std::fmt::Display;
use std::ops::Add;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;

type Job = Box<dyn FnOnce() + Send>;

pub struct Pool {
    queue: Sender<Job>,
}

impl Pool {
    pub fn new(workers: usize) -> Self {
        assert!(workers > 0, "no workers");
        let (queue, jobs) = channel::<Job>();
        let jobs = Arc::new(Mutex::new(jobs));
        for _ in 0..workers {
            let jobs = Arc::clone(&jobs);
            thread::spawn(move || {
                loop {
                    let job = jobs.lock().unwrap().recv();
                    match job {
                        Ok(job) => job(),
                        Err(_) => break,
                    }
                }
            });
        }
        Pool { queue }
    }

    pub fn submit<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Fut<T> {
        let (reply, outcome) = channel();
        let job = Box::new(move || {
            let _ = reply.send(catch_unwind(AssertUnwindSafe(job)));
        });
        self.queue.send(job).unwrap();
        Fut { outcome }
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
