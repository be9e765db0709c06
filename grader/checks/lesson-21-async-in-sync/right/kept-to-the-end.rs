//! en: A future that has run stays in its task until that is dropped; `polled` asks by `now_or_never`.
//! ru: Выполненный фьючерс остаётся в задаче, пока её не уничтожат; `polled` спрашивает через `now_or_never`.

use futures::FutureExt;
use futures::executor::block_on;
use futures::stream::{self, Stream, StreamExt};
use std::collections::VecDeque;
use std::pin::{Pin, pin};
use tokio::task::yield_now;

/// A task that keeps the thread until its future is ready, then yields once.
struct Blocking<F> {
    has_run: bool,
    future: Pin<Box<F>>,
}

impl<F: Future<Output = ()>> Coroutine<()> for Blocking<F> {
    type Yield = ();
    type Return = ();

    fn resume(&mut self, (): ()) -> Step<(), ()> {
        if self.has_run {
            return Step::Complete(());
        }
        block_on(self.future.as_mut());
        self.has_run = true;
        Step::Yielded(())
    }
}

/// `loop.run_until_complete(future)`, then `yield`: the first step runs the future to its end, the second completes.
#[must_use = "tasks do nothing unless a scheduler runs them"]
pub fn blocking(future: impl Future<Output = ()>) -> impl Coroutine<(), Yield = (), Return = ()> {
    Blocking { has_run: false, future: Box::pin(future) }
}

/// The slide's task: in its first step it runs the whole of `foo(n)`.
#[must_use = "tasks do nothing unless a scheduler runs them"]
pub fn task(n: u32) -> impl Coroutine<(), Yield = (), Return = ()> {
    blocking(foo(n))
}

/// A task that asks its future once a step.
struct Polled<F> {
    future: Pin<Box<F>>,
}

impl<F: Future<Output = ()>> Coroutine<()> for Polled<F> {
    type Yield = ();
    type Return = ();

    fn resume(&mut self, (): ()) -> Step<(), ()> {
        // Asked by way of an executor that leaves as soon as the future has answered.
        match self.future.as_mut().now_or_never() {
            None => Step::Yielded(()),
            Some(()) => Step::Complete(()),
        }
    }
}

/// Polls the future once a step: `Pending` is a `yield`, and `Ready` the end.
#[must_use = "tasks do nothing unless a scheduler runs them"]
pub fn polled(future: impl Future<Output = ()>) -> impl Coroutine<(), Yield = (), Return = ()> {
    Polled { future: Box::pin(future) }
}

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
