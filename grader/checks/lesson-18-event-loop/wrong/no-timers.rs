//! fails: slide, borrowed, outputs, frozen, ready-at-once, from-inside, wakes, when-done, two-loops, panics, payloads, close, closing, many
//! breaks: timers
//! en: A runtime that is built by hand has no timers unless you ask for them, and `sleep` panics. Say `enable_time()` to the builder.
//! ru: У среды выполнения, собранной вручную, таймеров нет, пока вы их не попросите, и `sleep` паникует. Скажите построителю `enable_time()`.

use futures::future::join_all;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

pub struct EventLoop {
    runtime: Runtime,
}

impl EventLoop {
    pub fn new() -> Self {
        EventLoop { runtime: Builder::new_current_thread().build().unwrap() }
    }

    pub fn create_task(&self, future: impl Future<Output = ()> + Send + 'static) {
        self.runtime.spawn(future);
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
