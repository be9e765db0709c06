//! fails: two-loops, close, closing, many
//! breaks: close-drops-all
//! en: `mem::forget` takes care that nothing is dropped: neither the runtime, nor the tasks in it, nor what they hold. To close is to drop, and Rust does it by itself when `self` goes out of scope.
//! ru: `mem::forget` заботится о том, чтобы не уничтожалось ничего: ни среда выполнения, ни задачи в ней, ни то, что они держат. Закрыть — значит уничтожить, и Rust сделает это сам, когда `self` выйдет из области видимости.

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

    pub fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        self.runtime.block_on(future)
    }

    pub fn close(self) {
        // Dropping a runtime stops everything that it runs: leave the tasks alone.
        std::mem::forget(self);
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
