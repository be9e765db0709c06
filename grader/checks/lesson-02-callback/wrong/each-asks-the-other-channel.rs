//! fails: no-lost-callback, no-lost-result
//! en: Each side asks the other one's channel, and sends into its own when there is nothing. Both may ask first, and
//! then both send: two letters that nobody collects. To look and to leave must be one step.
//! ru: Каждая сторона спрашивает канал другой и шлёт в свой, когда там пусто. Обе могут спросить первыми, и тогда обе
//! отправят: два письма, за которыми никто не придёт. Посмотреть и оставить — один шаг.

use std::fmt::Display;
use std::ops::Add;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

type Job = Box<dyn FnOnce() + Send>;
type Outcome<T> = thread::Result<T>;

pub struct Pool {
    queue: Option<Sender<Job>>,
    workers: Vec<JoinHandle<()>>,
}

impl Drop for Pool {
    fn drop(&mut self) {
        drop(self.queue.take());
        for worker in self.workers.drain(..) {
            let _ = worker.join();
        }
    }
}

impl Pool {
    pub fn new(workers: usize) -> Self {
        let (queue, jobs) = channel();
        let jobs: Arc<Mutex<Receiver<Job>>> = Arc::new(Mutex::new(jobs));
        let start = |_| {
            let jobs = Arc::clone(&jobs);
            thread::spawn(move || {
                while let Some(job) = next(&jobs) {
                    let _ = catch_unwind(AssertUnwindSafe(job));
                }
            })
        };
        Pool { queue: Some(queue), workers: (0..workers).map(start).collect() }
    }

    pub fn submit<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Fut<T> {
        let (promise, fut): (Promise<T>, Fut<T>) = meeting();
        let job = move || promise.complete(catch_unwind(AssertUnwindSafe(job)));
        self.queue.as_ref().unwrap().send(Box::new(job)).unwrap();
        fut
    }
}

fn next(jobs: &Mutex<Receiver<Job>>) -> Option<Job> {
    jobs.lock().unwrap().recv().ok()
}

type Callback<T> = Box<dyn FnOnce(Outcome<T>) + Send>;

pub struct Fut<T> {
    callback: Sender<Callback<T>>,
    outcome: Mutex<Receiver<Outcome<T>>>,
}

struct Promise<T> {
    outcome: Sender<Outcome<T>>,
    callback: Mutex<Receiver<Callback<T>>>,
}

fn meeting<T>() -> (Promise<T>, Fut<T>) {
    let ((outcome, outcomes), (callback, callbacks)) = (channel(), channel());
    let promise = Promise { outcome, callback: Mutex::new(callbacks) };
    (promise, Fut { callback, outcome: Mutex::new(outcomes) })
}

impl<T> Fut<T> {
    fn leave(self, callback: Callback<T>) {
        let outcome = self.outcome.lock().unwrap().try_recv();
        match outcome {
            Ok(outcome) => callback(outcome),
            Err(_) => drop(self.callback.send(callback)),
        }
    }
}

impl<T> Promise<T> {
    fn complete(self, outcome: Outcome<T>) {
        let callback = self.callback.lock().unwrap().try_recv();
        match callback {
            Ok(callback) => callback(outcome),
            Err(_) => drop(self.outcome.send(outcome)),
        }
    }
}

impl<T: Send + 'static> Fut<T> {
    pub fn add_done_callback(self, callback: impl FnOnce(T) + Send + 'static) {
        self.leave(Box::new(|outcome| {
            if let Ok(value) = outcome {
                callback(value);
            }
        }));
    }

    pub fn result(self) -> T {
        let (reply, outcome) = channel();
        self.leave(Box::new(move |it| drop(reply.send(it))));
        outcome.recv().unwrap().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }
}

pub fn func<T: Add<Output = T>>(x: T, y: T) -> T {
    x + y
}

pub fn run<T>(pool: &Pool, x: T, y: T)
where
    T: Add<Output = T> + Display + Send + 'static,
{
    pool.submit(move || func(x, y)).add_done_callback(|sum| println!("Got: {sum}"));
}
