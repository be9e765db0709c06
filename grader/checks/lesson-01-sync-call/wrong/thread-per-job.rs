//! fails: fifo, workers, drop-joins
//! en: Every job gets a thread of its own, and the number of workers decides nothing: jobs neither wait in line nor
//! keep their order, and nobody is left to join. A pool starts its threads once, in `new`; after that only jobs travel.
//! ru: Каждое задание получает собственный поток ОС, а число рабочих ничего не решает: задания не стоят в очереди, не
//! соблюдают порядка, и ждать в конце некого. Пул запускает потоки ОС один раз, в `new`; дальше путешествуют только
//! задания.

use std::fmt::Display;
use std::ops::Add;
use std::panic::resume_unwind;
use std::thread::{self, JoinHandle};

pub struct Pool {
    _workers: usize,
}

impl Pool {
    pub fn new(workers: usize) -> Self {
        assert!(workers > 0, "no workers");
        Pool { _workers: workers }
    }

    pub fn submit<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Fut<T> {
        Fut { thread: thread::spawn(job) }
    }
}

pub struct Fut<T> {
    thread: JoinHandle<T>,
}

impl<T> Fut<T> {
    pub fn result(self) -> T {
        match self.thread.join() {
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
