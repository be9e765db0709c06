//! fails: slide, borrowed, outputs, frozen, ready-at-once, from-inside, wakes, when-done, two-loops, panics, payloads, close, closing, many
//! breaks: timers, woken-is-polled
//! en: Your loop wakes itself after each round, so it never sleeps: the processor is busy although there is nothing to do, and no timer gets its turn. Whoever was given your `cx` wakes you: return `Pending` and leave it at that.
//! ru: Ваш цикл после каждого круга будит сам себя и потому никогда не спит: процессор занят, хотя делать нечего, а до таймеров очередь не доходит. Вас разбудит тот, кому вы передали `cx`: просто верните `Pending`.

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
            cx.waker().wake_by_ref();
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
