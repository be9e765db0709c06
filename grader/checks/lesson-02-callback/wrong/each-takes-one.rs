//! fails: no-lost-callback, no-lost-result
//! en: Each side leaves its half, and then takes both, one lock after the other. Two that do so at once may take one
//! half each, and put it back when nobody looks any more. One lock around one place.
//! ru: Каждая сторона оставляет свою половину, потом забирает обе, один мьютекс за другим. Двое сразу могут взять по
//! половине и положить обратно, когда никто уже не смотрит. Нужен один мьютекс вокруг одного места.

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

struct Slots<T> {
    outcome: Mutex<Option<Outcome<T>>>,
    callback: Mutex<Option<Callback<T>>>,
}

pub struct Fut<T>(Arc<Slots<T>>);

struct Promise<T>(Arc<Slots<T>>);

fn meeting<T>() -> (Promise<T>, Fut<T>) {
    let slots = Arc::new(Slots { outcome: Mutex::new(None), callback: Mutex::new(None) });
    (Promise(Arc::clone(&slots)), Fut(slots))
}

impl<T> Slots<T> {
    fn meet(&self) {
        let callback = self.callback.lock().unwrap().take();
        let outcome = self.outcome.lock().unwrap().take();
        match (callback, outcome) {
            (Some(callback), Some(outcome)) => callback(outcome),
            (callback, outcome) => {
                if callback.is_some() {
                    *self.callback.lock().unwrap() = callback;
                }
                if outcome.is_some() {
                    *self.outcome.lock().unwrap() = outcome;
                }
            }
        }
    }
}

impl<T> Fut<T> {
    fn leave(self, callback: Callback<T>) {
        *self.0.callback.lock().unwrap() = Some(callback);
        self.0.meet();
    }
}

impl<T> Promise<T> {
    fn complete(self, outcome: Outcome<T>) {
        *self.0.outcome.lock().unwrap() = Some(outcome);
        self.0.meet();
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
