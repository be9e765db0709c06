//! fails: workers
//! en: Each worker has a queue of its own, and jobs are dealt out in turn. So a job waits behind a slow one although
//! other workers have nothing to do. One queue for all: whoever is free takes the oldest job.
//! ru: У каждого рабочего своя очередь, и задания раздаются по кругу. Поэтому задание ждёт за медленным, хотя другим
//! рабочим нечего делать. Очередь должна быть одна на всех: самое старое задание берёт тот, кто свободен.

use std::fmt::Display;
use std::ops::Add;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

type Job = Box<dyn FnOnce() + Send>;

pub struct Pool {
    queues: Vec<Sender<Job>>,
    next: AtomicUsize,
    workers: Vec<JoinHandle<()>>,
}

impl Pool {
    pub fn new(workers: usize) -> Self {
        assert!(workers > 0, "no workers");
        let mut queues = Vec::new();
        let mut handles = Vec::new();
        for _ in 0..workers {
            let (queue, jobs) = channel::<Job>();
            queues.push(queue);
            handles.push(thread::spawn(move || {
                for job in jobs {
                    job();
                }
            }));
        }
        Pool { queues, next: AtomicUsize::new(0), workers: handles }
    }

    pub fn submit<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Fut<T> {
        let (reply, outcome) = channel();
        let job = Box::new(move || {
            let _ = reply.send(catch_unwind(AssertUnwindSafe(job)));
        });
        let next = self.next.fetch_add(1, Ordering::Relaxed) % self.queues.len();
        self.queues[next].send(job).unwrap();
        Fut { outcome }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.queues.clear();
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
