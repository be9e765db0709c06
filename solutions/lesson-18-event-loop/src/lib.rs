//! An event loop is a runtime that runs only while somebody waits for something.

use futures::future::join_all;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

/// Tasks, and the clock that wakes them; they run on the thread that calls [`EventLoop::run_until_complete`].
pub struct EventLoop {
    runtime: Runtime,
}

impl EventLoop {
    /// An open loop without tasks.
    #[expect(clippy::new_without_default, reason = "a loop is a resource, not a blank value")]
    pub fn new() -> Self {
        let runtime = Builder::new_current_thread().enable_time().build();
        EventLoop { runtime: runtime.expect("a runtime with nothing but timers asks nothing of the system") }
    }

    /// Gives the loop a task of its own, which begins when the loop runs.
    pub fn create_task(&self, future: impl Future<Output = ()> + Send + 'static) {
        // Dropping the handle detaches the task: the runtime is its owner.
        drop(self.runtime.spawn(future));
    }

    /// Runs the future, and beside it the tasks, until the future is ready; returns its output.
    pub fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        self.runtime.block_on(future)
    }

    /// Ends the loop, and drops the tasks that aren't done where they stand.
    pub fn close(self) {
        drop(self.runtime);
    }
}

/// Prints `One`, lets `pause` go by on tokio's clock, and prints `Two`.
pub async fn count(pause: Duration) {
    println!("One");
    tokio::time::sleep(pause).await;
    println!("Two");
}

/// Awaits all of the futures at once; returns their outputs in the order in which the futures were given.
pub async fn gather<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    join_all(futures).await
}
