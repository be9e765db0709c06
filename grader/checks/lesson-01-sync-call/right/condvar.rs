//! en: no channels: a `VecDeque` and a slot for each result, both under a `Mutex`, with a `Condvar` to wait on.
//! ru: без каналов: `VecDeque` и ячейка для каждого результата, и то и другое под `Mutex`, а ждут на `Condvar`.

use std::collections::VecDeque;
use std::fmt::Display;
use std::ops::Add;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};

type Job = Box<dyn FnOnce() + Send>;

#[derive(Default)]
struct Queue {
    jobs: Mutex<(VecDeque<Job>, bool)>,
    changed: Condvar,
}

impl Queue {
    fn put(&self, job: Job) {
        self.jobs.lock().unwrap().0.push_back(job);
        self.changed.notify_one();
    }

    fn close(&self) {
        self.jobs.lock().unwrap().1 = true;
        self.changed.notify_all();
    }

    fn take(&self) -> Option<Job> {
        let jobs = self.jobs.lock().unwrap();
        let mut jobs = self.changed.wait_while(jobs, |(jobs, closed)| jobs.is_empty() && !*closed).unwrap();
        jobs.0.pop_front()
    }
}

pub struct Pool {
    queue: Arc<Queue>,
    workers: Vec<JoinHandle<()>>,
}

impl Pool {
    pub fn new(workers: usize) -> Self {
        assert_ne!(workers, 0, "no workers");
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
        let slot = Arc::new(Slot { outcome: Mutex::new(None), filled: Condvar::new() });
        let reply = Arc::clone(&slot);
        self.queue.put(Box::new(move || {
            let outcome = catch_unwind(AssertUnwindSafe(job));
            *reply.outcome.lock().unwrap() = Some(outcome);
            reply.filled.notify_one();
        }));
        Fut { slot }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.queue.close();
        for worker in self.workers.drain(..) {
            worker.join().unwrap();
        }
    }
}

struct Slot<T> {
    outcome: Mutex<Option<thread::Result<T>>>,
    filled: Condvar,
}

pub struct Fut<T> {
    slot: Arc<Slot<T>>,
}

impl<T> Fut<T> {
    pub fn result(self) -> T {
        let mut outcome = self.slot.outcome.lock().unwrap();
        loop {
            match outcome.take() {
                Some(Ok(value)) => return value,
                Some(Err(panic)) => {
                    drop(outcome);
                    resume_unwind(panic)
                }
                None => outcome = self.slot.filled.wait(outcome).unwrap(),
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
