//! fails: frozen, ready-at-once, wakes, two-loops, panics, payloads, close, closing
//! breaks: ready-ends-the-call
//! en: You wait for the tasks as well before you return. The call is over when *its* future is ready; the tasks stop where they are, and go on in the next call.
//! ru: Прежде чем вернуться, вы ждёте ещё и задачи. Вызов закончен, когда готов *его* фьючерс; задачи останавливаются там, где были, и продолжат в следующем вызове.

use futures::future::join_all;
use std::cell::RefCell;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinHandle;

pub struct EventLoop {
    runtime: Runtime,
    tasks: RefCell<Vec<JoinHandle<()>>>,
}

impl EventLoop {
    pub fn new() -> Self {
        let runtime = Builder::new_current_thread().enable_time().build().unwrap();
        EventLoop { runtime, tasks: RefCell::default() }
    }

    pub fn create_task(&self, future: impl Future<Output = ()> + Send + 'static) {
        let task = self.runtime.spawn(future);
        self.tasks.borrow_mut().push(task);
    }

    pub fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        let output = self.runtime.block_on(future);
        let tasks = self.tasks.take();
        self.runtime.block_on(join_all(tasks));
        output
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
