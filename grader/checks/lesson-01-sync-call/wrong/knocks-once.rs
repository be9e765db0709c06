//! fails: no-lost-result
//! en: The job leaves its outcome and knocks on a channel that keeps nothing: who is not waiting at that moment does not hear it. `result` has looked before, and waits for ever. A channel with room for one letter keeps it.
//! ru: Задание оставляет итог и стучит в канал, который ничего не хранит: кто в этот миг не ждёт, тот не услышит. А `result` уже посмотрел и ждёт без конца. Канал с местом для одного письма сохранит его.

use std::fmt::Display;
use std::mem;
use std::ops::Add;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

type Job = Box<dyn FnOnce() + Send>;

pub struct Pool {
    queue: Sender<Job>,
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

impl Pool {
    pub fn new(workers: usize) -> Self {
        assert!(workers > 0, "a pool needs a worker");
        let (queue, jobs) = channel();
        let jobs = Arc::new(Mutex::new(jobs));
        let start = |_| {
            let jobs = Arc::clone(&jobs);
            thread::spawn(move || work(&jobs))
        };
        Pool { queue, _workers: Workers((0..workers).map(start).collect()) }
    }

    pub fn submit<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Fut<T> {
        let (knock, door) = sync_channel(0);
        let outcome = Arc::new(Mutex::new(None));
        let slot = Slot { outcome: Arc::clone(&outcome), door };
        let job = move || {
            let came = catch_unwind(AssertUnwindSafe(job));
            *outcome.lock().unwrap() = Some(came);
            let _ = knock.try_send(());
            mem::forget(knock);
        };
        self.queue.send(Box::new(job)).expect("the workers live as long as the pool");
        Fut { slot }
    }
}

fn work(jobs: &Mutex<Receiver<Job>>) {
    while let Some(job) = next(jobs) {
        job();
    }
}

fn next(jobs: &Mutex<Receiver<Job>>) -> Option<Job> {
    jobs.lock().ok()?.recv().ok()
}

struct Slot<T> {
    outcome: Arc<Mutex<Option<thread::Result<T>>>>,
    door: Receiver<()>,
}

pub struct Fut<T> {
    slot: Slot<T>,
}

impl<T> Fut<T> {
    pub fn result(self) -> T {
        let mut outcome = self.slot.outcome.lock().unwrap().take();
        if outcome.is_none() {
            self.slot.door.recv().unwrap();
            outcome = self.slot.outcome.lock().unwrap().take();
        }
        match outcome.unwrap() {
            Ok(result) => result,
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
