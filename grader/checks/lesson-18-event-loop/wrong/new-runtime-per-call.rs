//! fails: frozen, ready-at-once, from-inside, wakes, two-loops, panics, payloads, close, many
//! breaks: kept-between-calls, created-inside
//! en: Each call makes a runtime of its own, which takes the tasks with it when it is dropped at the end of the call. A loop outlives its calls, and so do its tasks: make the runtime in `new`, and keep it.
//! ru: Каждый вызов создаёт собственную среду выполнения, и в конце вызова она уничтожается вместе с задачами. Цикл переживает свои вызовы, и задачи тоже: создайте среду выполнения в `new` и храните её.

use futures::future::join_all;
use std::cell::RefCell;
use std::pin::Pin;
use std::time::Duration;
use tokio::runtime::Builder;

type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

pub struct EventLoop {
    new_tasks: RefCell<Vec<Task>>,
}

impl EventLoop {
    pub fn new() -> Self {
        EventLoop { new_tasks: RefCell::default() }
    }

    pub fn create_task(&self, future: impl Future<Output = ()> + Send + 'static) {
        self.new_tasks.borrow_mut().push(Box::pin(future));
    }

    pub fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        let runtime = Builder::new_current_thread().enable_time().build().unwrap();
        for task in self.new_tasks.take() {
            runtime.spawn(task);
        }
        runtime.block_on(future)
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
