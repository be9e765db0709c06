//! en: A `LocalRuntime`: a runtime whose own tasks stay on its thread, without a `LocalSet`. `block_on` is the same.
//! ru: `LocalRuntime` — среда выполнения, задачи которой и так не покидают её потока ОС, без `LocalSet`. `block_on` тот же.

use futures::future::join_all;
use std::time::Duration;
use tokio::runtime::{Builder, LocalOptions, LocalRuntime};

pub struct EventLoop(LocalRuntime);

impl EventLoop {
    pub fn new() -> Self {
        EventLoop(Builder::new_current_thread().enable_time().build_local(LocalOptions::default()).unwrap())
    }

    pub fn create_task(&self, future: impl Future<Output = ()> + 'static) {
        self.0.spawn_local(future);
    }

    pub fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        self.0.block_on(future)
    }

    pub fn close(self) {
        drop(self.0);
    }
}

pub async fn count(pause: Duration) {
    println!("One");
    tokio::time::sleep(pause).await;
    println!("Two");
}

pub async fn gather<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    join_all(futures).await
}
