//! en: The tasks live in a `LocalSet` beside the runtime, so they need not be `Send`; `asyncio`'s never were.
//! ru: Задачи живут в `LocalSet` рядом со средой выполнения, поэтому им не нужно быть `Send`; в `asyncio` они такими и не были.

use futures::future::join_all;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use tokio::task::LocalSet;

pub struct EventLoop {
    tasks: LocalSet,
    runtime: Runtime,
}

impl EventLoop {
    pub fn new() -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        EventLoop { tasks: LocalSet::new(), runtime }
    }

    pub fn create_task(&self, future: impl Future<Output = ()> + 'static) {
        self.tasks.spawn_local(future);
    }

    pub fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        self.tasks.block_on(&self.runtime, future)
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
