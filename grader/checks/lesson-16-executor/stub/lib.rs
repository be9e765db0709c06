//! Lesson 16: whoever calls `poll`.
//!
//! You write `block_on`, which runs one future, and `Executor`, which runs many: lesson 13's scheduler, except that
//! it leaves a task alone until somebody wakes it. `src/main.rs` is lesson 13's program, now `async`.

#![allow(dead_code, unused_variables)] // TODO: remove this line when everything below is used

use std::future::poll_fn;
use std::mem;
use std::pin::Pin;
use std::task::Poll;

/// Gives control back once; lesson 15 wrote it by hand. Given.
pub async fn yield_now() {
    let mut has_yielded = false;
    poll_fn(|cx| {
        if mem::replace(&mut has_yielded, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// Prints `I'm foo`, `n` times, and lets the others go on after each line.
pub async fn foo(n: u32) {
    todo!()
}

/// Prints `I'm bar`, `n` times, and lets the others go on after each line.
pub async fn bar(n: u32) {
    todo!()
}

/// Runs one future to its end on this thread, and returns its output.
///
/// It is polled at once, and then whenever its waker was called, from whatever thread; a wake that comes during a poll
/// counts for the next one. While nobody wakes it, the thread sleeps.
// TODO: a waker is made of an `Arc` of a type that implements `std::task::Wake`. What must yours know?
pub fn block_on<F: Future>(future: F) -> F::Output {
    todo!()
}

/// The name of a task: what `Task 1 terminated` counts. Each executor starts from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(pub u64);

/// Runs many futures on one thread, in the order in which they are woken.
///
/// Dropping it drops the tasks that are left. A waker that is called after that, or after the end of its task, does
/// nothing.
#[derive(Default)]
pub struct Executor {
    // TODO: who owns the tasks, and what is shared with their wakers?
    tasks: Vec<Pin<Box<dyn Future<Output = ()>>>>,
}

impl Executor {
    /// An executor without tasks.
    pub fn new() -> Self {
        Executor::default()
    }

    /// Puts a task at the end of the queue; it runs when the executor does.
    pub fn spawn(&mut self, future: impl Future<Output = ()> + 'static) -> TaskId {
        todo!()
    }

    /// Polls tasks as long as any is woken, and returns how many are left, all of them asleep.
    ///
    /// They are polled in the order in which they were spawned or woken; one that was woken twice since its last poll
    /// began is polled once. When a task is over it is dropped, and `Task 1 terminated` is printed, with its number.
    pub fn run_ready(&mut self) -> usize {
        todo!()
    }

    /// Runs until there is no task left. While all of them are asleep, so is the thread.
    pub fn mainloop(&mut self) {
        todo!()
    }
}
