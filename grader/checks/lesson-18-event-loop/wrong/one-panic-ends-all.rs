//! fails: wakes, when-done, panics, payloads
//! breaks: panic-of-a-task
//! en: You poll the tasks in the caller's own call, so a panic of one of them comes out there, and takes the others with it. A task stands for itself: catch its panic, and go on with the rest.
//! ru: Вы опрашиваете задачи прямо в вызове, поэтому паника любой из них вылетает оттуда и уносит остальные. Каждая задача сама по себе: поймайте её панику и продолжайте с остальными.

use futures::future::join_all;
use std::cell::RefCell;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

pub struct EventLoop {
    clock: Runtime,
    tasks: RefCell<Vec<Task>>,
}

impl EventLoop {
    pub fn new() -> Self {
        let clock = Builder::new_current_thread().enable_time().build().unwrap();
        EventLoop { clock, tasks: RefCell::default() }
    }

    pub fn create_task(&self, future: impl Future<Output = ()> + Send + 'static) {
        self.tasks.borrow_mut().push(Box::pin(future));
    }

    pub fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        let mut future = pin!(future);
        self.clock.block_on(poll_fn(|cx| {
            if let Poll::Ready(output) = future.as_mut().poll(cx) {
                return Poll::Ready(output);
            }
            let mut tasks = self.tasks.take();
            tasks.retain_mut(|task| task.as_mut().poll(cx).is_pending());
            tasks.extend(self.tasks.take());
            self.tasks.replace(tasks);
            Poll::Pending
        }))
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
