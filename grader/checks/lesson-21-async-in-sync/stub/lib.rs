//! Lesson 21: an async function in a scheduler that knows nothing of async.
//!
//! You wrap a future in a task of lesson 13's scheduler, in two ways: `blocking`, which is what the slide does, and
//! `polled`, which lets the others have their turns. `src/main.rs` is the slide's program.

#![allow(dead_code, unused_variables)] // for the stubs only: take this line out when you are done

use futures::stream::{self, Stream, StreamExt};
use std::collections::VecDeque;
use std::pin::pin;
use tokio::task::yield_now;

/// A task that keeps the thread until its future is ready, then yields once.
struct Blocking<F> {
    future: F, // TODO: the first step uses the future up. What is here at the second?
}

impl<F: Future<Output = ()>> Coroutine<()> for Blocking<F> {
    type Yield = ();
    type Return = ();

    fn resume(&mut self, (): ()) -> Step<(), ()> {
        todo!()
    }
}

/// `loop.run_until_complete(future)`, then `yield`: the first step runs the future to its end, the second completes.
///
/// The call itself runs nothing.
// TODO: a task that nobody spawns does nothing. Have the compiler say so; of the two below as well.
pub fn blocking(future: impl Future<Output = ()>) -> impl Coroutine<(), Yield = (), Return = ()> {
    Blocking { future }
}

/// The slide's task: in its first step it runs the whole of `foo(n)`.
pub fn task(n: u32) -> impl Coroutine<(), Yield = (), Return = ()> {
    blocking(async move { todo!("foo({n})") })
}

/// A task that asks its future once a step.
struct Polled<F> {
    future: F, // TODO: how must a future be kept, to be polled?
}

impl<F: Future<Output = ()>> Coroutine<()> for Polled<F> {
    type Yield = ();
    type Return = ();

    fn resume(&mut self, (): ()) -> Step<(), ()> {
        todo!()
    }
}

/// Polls the future once a step, whether it was woken or not: `Pending` is a `yield`, and `Ready` the end.
///
/// The call itself runs nothing.
pub fn polled(future: impl Future<Output = ()>) -> impl Coroutine<(), Yield = (), Return = ()> {
    Polled { future }
}

// What follows is given: lesson 20's generator, and lesson 13's scheduler.

/// The numbers from 0 to `n - 1`, one at a time; before each of them everybody else gets a turn. Lesson 20's.
pub fn rng(n: u32) -> impl Stream<Item = u32> {
    stream::iter(0..n).then(|i| async move {
        yield_now().await;
        i
    })
}

/// Prints each number of `rng(n)` on a line of its own, as soon as it is there. Lesson 20's.
pub async fn foo(n: u32) {
    let mut numbers = pin!(rng(n));
    while let Some(i) = numbers.next().await {
        println!("{i}");
    }
}

/// What a [`Coroutine`] gives to whoever resumed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<Y, R> {
    /// `yield value`: it is suspended, and waits to be resumed.
    Yielded(Y),
    /// `return value`: it is over, and must not be resumed again.
    Complete(R),
}

/// A function that can stop in the middle, and goes on when it is resumed: lesson 08's.
pub trait Coroutine<In> {
    /// What comes out at each `yield`.
    type Yield;
    /// What comes out at the end.
    type Return;

    /// Runs on to the next `yield`, or to the end; `input` is the value of the `yield` at which it stands.
    fn resume(&mut self, input: In) -> Step<Self::Yield, Self::Return>;
}

/// The number of a task: 1, 2, 3… in the order in which one scheduler was given its tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(pub u64);

/// A coroutine of any type, and the number it goes by.
struct Task {
    tid: TaskId,
    target: Box<dyn Coroutine<(), Yield = (), Return = ()>>,
}

/// Runs coroutines by turns, a step each, on one thread, until all of them have ended.
#[derive(Default)]
pub struct Scheduler {
    ready: VecDeque<Task>,
    spawned: u64,
}

impl Scheduler {
    /// A scheduler without tasks.
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts a task at the tail of the queue, and returns its number; runs nothing of it.
    ///
    /// Each scheduler counts from 1 by itself, and never gives the same number twice.
    pub fn spawn(&mut self, target: impl Coroutine<(), Yield = (), Return = ()> + 'static) -> TaskId {
        self.spawned += 1;
        let tid = TaskId(self.spawned);
        self.schedule(Task { tid, target: Box::new(target) });
        tid
    }

    fn schedule(&mut self, task: Task) {
        self.ready.push_back(task);
    }

    /// Runs the tasks by turns until none is left; says of each that it has ended.
    pub fn mainloop(&mut self) {
        while let Some(mut task) = self.ready.pop_front() {
            match task.target.resume(()) {
                Step::Yielded(()) => self.schedule(task),
                Step::Complete(()) => Self::exit(task),
            }
        }
    }

    /// Lets go of a task first, so that what is said of it is true.
    fn exit(task: Task) {
        let TaskId(tid) = task.tid;
        drop(task);
        println!("Task {tid} terminated");
    }
}
