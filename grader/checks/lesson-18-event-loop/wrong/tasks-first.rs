//! fails: ready-at-once, payloads
//! breaks: future-first
//! en: You let the tasks go first, as `asyncio` does: there the future is one more task, at the end of the queue. Here the future is polled first, and when it is ready nobody else gets a turn.
//! ru: Первыми у вас идут задачи, как в `asyncio`: там фьючерс — ещё одна задача в конце очереди. Здесь первым опрашивают фьючерс, и если он готов, до остальных очередь не доходит.

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
    }

    pub fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        self.runtime.block_on(async {
            // Those who came before go first.
            yield_now().await;
            future.await
        })
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
