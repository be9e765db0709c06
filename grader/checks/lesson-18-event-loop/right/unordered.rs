//! en: The tasks are a `FuturesUnordered`, polled beside the future by hand; new ones wait in a list until it is their turn.
//! ru: Задачи лежат в `FuturesUnordered`, который опрашивают рядом с фьючерсом; новые ждут своей очереди в списке.

use futures::future::{BoxFuture, FutureExt, join_all};
use futures::stream::{FuturesUnordered, StreamExt};
use std::cell::RefCell;
use std::future::poll_fn;
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

pub struct EventLoop {
    runtime: Runtime,
    created: RefCell<Vec<BoxFuture<'static, ()>>>,
    running: RefCell<FuturesUnordered<BoxFuture<'static, ()>>>,
}

impl EventLoop {
    pub fn new() -> Self {
        let runtime = Builder::new_current_thread().enable_time().build().unwrap();
        EventLoop { runtime, created: RefCell::default(), running: RefCell::default() }
    }

    pub fn create_task(&self, future: impl Future<Output = ()> + Send + 'static) {
        // A panic of the task is its result, and nobody asks for it.
        self.created.borrow_mut().push(AssertUnwindSafe(future).catch_unwind().map(drop).boxed());
    }

    pub fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        let mut future = pin!(future);
        self.runtime.block_on(poll_fn(|cx| {
            if let Poll::Ready(output) = future.as_mut().poll(cx) {
                return Poll::Ready(output);
            }
            let mut running = self.running.borrow_mut();
            running.extend(self.created.take());
            while let Poll::Ready(Some(())) = running.poll_next_unpin(cx) {}
            Poll::Pending
        }))
    }

    pub fn close(self) {
        self.runtime.shutdown_background();
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
