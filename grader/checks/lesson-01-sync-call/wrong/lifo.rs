//! fails: fifo, drop-joins
//! en: `push` and `pop` of a `Vec` work on the same end, so the newest job runs first, and the oldest may wait for
//! ever. A queue takes from the other end: `VecDeque::pop_front`.
//! ru: `push` и `pop` у `Vec` работают с одного и того же конца, поэтому первым выполняется самое новое задание, а
//! самое старое может ждать вечно. Очередь берут с другого конца: `VecDeque::pop_front`.

use std::fmt::Display;
use std::ops::Add;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};

type Job = Box<dyn FnOnce() + Send>;

#[derive(Default)]
struct Queue {
    jobs: Mutex<(Vec<Job>, bool)>,
    changed: Condvar,
}

impl Queue {
    fn take(&self) -> Option<Job> {
        let mut jobs = self.jobs.lock().unwrap();
        loop {
            if let Some(job) = jobs.0.pop() {
                return Some(job);
            }
            if jobs.1 {
                return None;
            }
            jobs = self.changed.wait(jobs).unwrap();
        }
    }
}

pub struct Pool {
    queue: Arc<Queue>,
    workers: Vec<JoinHandle<()>>,
}

impl Pool {
    pub fn new(workers: usize) -> Self {
        assert!(workers > 0, "no workers");
        let queue = Arc::new(Queue::default());
        let start = |_| {
            let queue = Arc::clone(&queue);
            thread::spawn(move || {
                while let Some(job) = queue.take() {
                    job();
                }
            })
        };
        let workers = (0..workers).map(start).collect();
        Pool { queue, workers }
    }

    pub fn submit<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Fut<T> {
        let (reply, outcome) = channel();
        let job = Box::new(move || {
            let _ = reply.send(catch_unwind(AssertUnwindSafe(job)));
        });
        self.queue.jobs.lock().unwrap().0.push(job);
        self.queue.changed.notify_one();
        Fut { outcome }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.queue.jobs.lock().unwrap().1 = true;
        self.queue.changed.notify_all();
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
