//! fails: frozen, two-loops, payloads, close, closing, many
//! breaks: close-drops-all
//! en: Your `close` lets every task run to its end first. It may be an hour away, or never come; to close the loop is to drop the tasks where they stand, and their `Drop`s are all that still runs.
//! ru: Ваш `close` сначала даёт каждой задаче дойти до конца. До него может быть час, а может, он не наступит никогда; закрыть цикл — значит уничтожить задачи там, где они стоят: выполнятся только их `Drop`.

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
        self.tasks.borrow_mut().push(self.runtime.spawn(future));
    }

    pub fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        self.runtime.block_on(future)
    }

    pub fn close(self) {
        self.runtime.block_on(join_all(self.tasks.into_inner()));
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
