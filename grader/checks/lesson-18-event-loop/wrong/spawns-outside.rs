//! fails: outputs, frozen, ready-at-once, wakes, when-done, two-loops, panics, payloads, close, closing, many
//! breaks: kept-between-calls
//! en: `tokio::spawn` looks for the runtime in which it is called, and between two calls there is none: it panics. The loop has its runtime at hand: `self.runtime.spawn(future)`.
//! ru: `tokio::spawn` ищет среду выполнения, внутри которой его вызвали, а между вызовами цикла её нет: он паникует. У цикла среда под рукой: `self.runtime.spawn(future)`.

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
        tokio::spawn(future);
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
