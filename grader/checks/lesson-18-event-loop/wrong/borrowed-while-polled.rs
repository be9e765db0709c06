//! fails: from-inside, wakes, many
//! breaks: created-inside
//! en: You keep the list of tasks borrowed while a future is polled, and that future may create a task: `RefCell` panics. Let go of the list before you poll anybody.
//! ru: Пока вы опрашиваете фьючерс, список задач у вас заимствован, а фьючерс может создать задачу: `RefCell` паникует. Отпустите список, прежде чем опрашивать.

use futures::future::{FutureExt, join_all};
use std::cell::RefCell;
use std::future::poll_fn;
use std::panic::AssertUnwindSafe;
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
        self.tasks.borrow_mut().push(AssertUnwindSafe(future).catch_unwind().map(drop).boxed());
    }

    pub fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        let mut future = pin!(future);
        self.clock.block_on(poll_fn(|cx| {
            let mut tasks = self.tasks.borrow_mut();
            if let Poll::Ready(output) = future.as_mut().poll(cx) {
                return Poll::Ready(output);
            }
            tasks.retain_mut(|task| task.as_mut().poll(cx).is_pending());
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
