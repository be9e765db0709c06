//! Lesson 18: a place for tasks to live, and a call that lets them run.
//!
//! You write `EventLoop`, on top of a runtime of tokio's. `count` and `gather` are given: lesson 17 wrote them.
//! `src/main.rs` is the slide's program.

#![allow(unused_variables)] // TODO: remove this line when everything below is used

use futures::future::join_all;
use std::time::Duration;

/// Tasks, and the clock that wakes them; they run on the thread that calls [`EventLoop::run_until_complete`].
// TODO: what does a loop keep from one call to the next?
pub struct EventLoop {}

impl EventLoop {
    /// An open loop without tasks, on a single-threaded tokio runtime whose timers work.
    #[expect(clippy::new_without_default, reason = "a loop is a resource, not a blank value")]
    pub fn new() -> Self {
        todo!()
    }

    /// Gives the loop a task of its own. The task does not begin here: it waits for the loop to run.
    ///
    /// Tasks that were created in one place begin in that order. A task that panics ends, and neither the loop nor the
    /// other tasks are disturbed.
    pub fn create_task(&self, future: impl Future<Output = ()> + Send + 'static) {
        todo!()
    }

    /// Runs the future, and beside it the tasks, until the future is ready; returns its output.
    ///
    /// The future is polled first. As soon as it is ready this returns, and each task stays where it is until the
    /// next call. A panic of the future comes out of this call, and the loop can be used again.
    pub fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        todo!()
    }

    /// Ends the loop. The tasks that aren't done are dropped where they stand, before this returns; none runs on.
    pub fn close(self) {
        todo!()
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
