//! fails: slide, borrowed, outputs, frozen, ready-at-once, from-inside, wakes, when-done, two-loops, panics, payloads, close, closing, many
//! breaks: timers
//! en: The executor of the futures crate polls any future, but it has no clock: tokio's `sleep` looks for a runtime of tokio's, and panics if there is none. An executor and what wakes its tasks come together: take tokio's.
//! ru: Исполнитель из крейта futures опрашивает любые фьючерсы, но часов у него нет: `sleep` из tokio ищет среду выполнения tokio и паникует, если её нет. Исполнитель и то, что будит его задачи, берут вместе: возьмите среду tokio.

use futures::executor::LocalPool;
use futures::future::join_all;
use futures::task::LocalSpawnExt;
use std::cell::RefCell;
use std::time::Duration;

pub struct EventLoop {
    pool: RefCell<LocalPool>,
}

impl EventLoop {
    pub fn new() -> Self {
        EventLoop { pool: RefCell::new(LocalPool::new()) }
    }

    pub fn create_task(&self, future: impl Future<Output = ()> + Send + 'static) {
        self.pool.borrow().spawner().spawn_local(future).unwrap();
    }

    pub fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        self.pool.borrow_mut().run_until(future)
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
