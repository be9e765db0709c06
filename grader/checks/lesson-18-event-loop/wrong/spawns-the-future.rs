//! fails: borrowed, outputs, ready-at-once, from-inside, wakes, two-loops, panics, payloads, many, misuse
//! breaks: any-future, future-first, signatures
//! en: You make a task of the future too, and a task must be `Send + 'static`: it may outlive its caller. This future never does, since the caller waits for it: give it to `block_on` as it is, and it may borrow.
//! ru: Вы и сам фьючерс делаете задачей, а задача обязана быть `Send + 'static`: она может пережить того, кто её создал. Этот фьючерс не переживёт, ведь его ждут: отдайте его `block_on` как есть, и он сможет заимствовать.

use futures::future::join_all;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

pub struct EventLoop {
    runtime: Runtime,
}

impl EventLoop {
    pub fn new() -> Self {
        EventLoop { runtime: Builder::new_current_thread().enable_time().build().unwrap() }
    }

    pub fn create_task(&self, future: impl Future<Output = ()> + Send + 'static) {
        self.runtime.spawn(future);
    }

    pub fn run_until_complete<F>(&self, future: F) -> F::Output
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        let task = self.runtime.spawn(future);
        self.runtime.block_on(task).unwrap()
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
