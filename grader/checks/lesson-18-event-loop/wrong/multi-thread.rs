//! fails: slide, borrowed, outputs, frozen, ready-at-once, from-inside, wakes, when-done, two-loops, panics, payloads, close, closing, many
//! races: yes
//! breaks: only-while-called
//! en: `Runtime::new()` starts worker threads, and on those the tasks go on between two calls. An event loop is one thread, the caller's, and only while it is called: `Builder::new_current_thread()`.
//! ru: `Runtime::new()` запускает рабочие потоки ОС, и на них задачи идут дальше между вызовами. Цикл событий — это один поток ОС, тот, из которого его вызвали, и только на время вызова: `Builder::new_current_thread()`.

use futures::future::join_all;
use std::time::Duration;
use tokio::runtime::Runtime;

pub struct EventLoop {
    runtime: Runtime,
}

impl EventLoop {
    pub fn new() -> Self {
        EventLoop { runtime: Runtime::new().unwrap() }
    }

    pub fn create_task(&self, future: impl Future<Output = ()> + Send + 'static) {
        self.runtime.spawn(future);
    }

    pub fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        self.runtime.block_on(future)
    }

    pub fn close(self) {
        drop(self.runtime);
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
