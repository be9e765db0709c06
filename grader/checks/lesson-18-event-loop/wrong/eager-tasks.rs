//! fails: frozen, ready-at-once, from-inside, wakes, when-done, two-loops, panics, payloads, close, closing, many
//! breaks: only-while-called, created-inside
//! en: `create_task` runs the loop for a moment, so that the task begins at once. To create a task is only to hand it over; it begins when the loop is run, and inside of a running loop another `block_on` panics.
//! ru: `create_task` ненадолго запускает цикл, чтобы задача началась сразу. Создать задачу — значит только отдать её; начнётся она, когда запустят цикл, а внутри работающего цикла ещё один `block_on` паникует.

use futures::future::join_all;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use tokio::task::yield_now;

pub struct EventLoop {
    runtime: Runtime,
}

impl EventLoop {
    pub fn new() -> Self {
        EventLoop { runtime: Builder::new_current_thread().enable_time().build().unwrap() }
    }

    pub fn create_task(&self, future: impl Future<Output = ()> + Send + 'static) {
        self.runtime.spawn(future);
        self.runtime.block_on(yield_now());
    }

    pub fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        self.runtime.block_on(future)
    }

    pub fn close(self) {}
}

pub async fn count(pause: Duration) {
    println!("One");
    tokio::time::sleep(pause).await;
    println!("Two");
}

pub async fn gather<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    join_all(futures).await
}
