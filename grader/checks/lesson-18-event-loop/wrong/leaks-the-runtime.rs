//! fails: two-loops, close, closing, many
//! breaks: close-drops-all, drop-is-close
//! en: A runtime in a `static` or behind `Box::leak` is never dropped, nor are its tasks: closing this loop ends nothing. Let `EventLoop` own its runtime.
//! ru: Среда выполнения в `static` или за `Box::leak` не уничтожается никогда, и её задачи тоже: закрытие такого цикла ничего не завершает. Пусть `EventLoop` сам владеет своей средой.

use futures::future::join_all;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

pub struct EventLoop {
    runtime: &'static Runtime,
}

impl EventLoop {
    pub fn new() -> Self {
        let runtime = Builder::new_current_thread().enable_time().build().unwrap();
        EventLoop { runtime: Box::leak(Box::new(runtime)) }
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
