//! en: the caller parks its thread until the worker unparks it; jobs are objects of a trait of their own, and the pool
//! is closed by one message for each worker.
//! ru: вызвавший усыпляет свой поток ОС, а рабочий его будит; задания — объекты собственного трейта, а закрывают пул
//! сообщения, по одному на рабочего.

use std::any::Any;
use std::fmt::Display;
use std::ops::Add;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle, Thread};

trait Work: Send {
    fn work(self: Box<Self>);
}

struct Call<T, F> {
    function: F,
    place: Arc<Place<T>>,
}

impl<T: Send, F: FnOnce() -> T + Send> Work for Call<T, F> {
    fn work(self: Box<Self>) {
        let Call { function, place } = *self;
        let outcome = catch_unwind(AssertUnwindSafe(function));
        *place.outcome.lock().unwrap() = Some(outcome);
        place.is_over.store(true, Ordering::Release);
        let waiting = place.waiting.lock().unwrap().take();
        if let Some(thread) = waiting {
            thread.unpark();
        }
    }
}

struct Place<T> {
    is_over: AtomicBool,
    outcome: Mutex<Option<Result<T, Box<dyn Any + Send>>>>,
    waiting: Mutex<Option<Thread>>,
}

enum Message {
    Work(Box<dyn Work>),
    Stop,
}

pub struct Pool {
    inbox: Sender<Message>,
    workers: Vec<JoinHandle<()>>,
}

impl Pool {
    pub fn new(workers: usize) -> Self {
        assert!(workers >= 1);
        let (inbox, messages) = channel();
        let messages = Arc::new(Mutex::new(messages));
        let mut pool = Pool { inbox, workers: Vec::with_capacity(workers) };
        for _ in 0..workers {
            let messages: Arc<Mutex<Receiver<Message>>> = Arc::clone(&messages);
            pool.workers.push(thread::spawn(move || {
                loop {
                    let message = messages.lock().unwrap().recv();
                    match message {
                        Ok(Message::Work(work)) => work.work(),
                        Ok(Message::Stop) | Err(_) => return,
                    }
                }
            }));
        }
        pool
    }

    pub fn submit<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Fut<T> {
        let place =
            Arc::new(Place { is_over: AtomicBool::new(false), outcome: Mutex::new(None), waiting: Mutex::new(None) });
        let call = Call { function: job, place: Arc::clone(&place) };
        self.inbox.send(Message::Work(Box::new(call))).unwrap();
        Fut { place }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        for _ in &self.workers {
            self.inbox.send(Message::Stop).unwrap();
        }
        while let Some(worker) = self.workers.pop() {
            worker.join().unwrap();
        }
    }
}

pub struct Fut<T> {
    place: Arc<Place<T>>,
}

impl<T> Fut<T> {
    pub fn result(self) -> T {
        *self.place.waiting.lock().unwrap() = Some(thread::current());
        while !self.place.is_over.load(Ordering::Acquire) {
            thread::park();
        }
        let outcome = self.place.outcome.lock().unwrap().take().unwrap();
        outcome.unwrap_or_else(|panic| resume_unwind(panic))
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
