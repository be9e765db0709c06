//! en: A tokio runtime blocks, as `asyncio.new_event_loop()` does on the slide; tasks are closures.
//! ru: Блокирует среда выполнения tokio, как `asyncio.new_event_loop()` на слайде; задачи — замыкания.

use futures::stream::{self, Stream, StreamExt};
use std::collections::VecDeque;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use tokio::runtime::Builder;
use tokio::task::yield_now;

struct FromFn<F>(F);

impl<F: FnMut() -> Step<(), ()>> Coroutine<()> for FromFn<F> {
    type Yield = ();
    type Return = ();

    fn resume(&mut self, (): ()) -> Step<(), ()> {
        (self.0)()
    }
}

#[must_use = "tasks do nothing unless a scheduler runs them"]
pub fn blocking(future: impl Future<Output = ()>) -> impl Coroutine<(), Yield = (), Return = ()> {
    let mut future = Some(future);
    FromFn(move || {
        let Some(future) = future.take() else { return Step::Complete(()) };
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime can be made");
        runtime.block_on(future);
        Step::Yielded(())
    })
}

#[must_use = "tasks do nothing unless a scheduler runs them"]
pub fn task(n: u32) -> impl Coroutine<(), Yield = (), Return = ()> {
    blocking(foo(n))
}

#[must_use = "tasks do nothing unless a scheduler runs them"]
pub fn polled(future: impl Future<Output = ()>) -> impl Coroutine<(), Yield = (), Return = ()> {
    let mut future = Box::pin(future);
    FromFn(move || {
        let mut cx = Context::from_waker(Waker::noop());
        if let Poll::Ready(()) = future.as_mut().poll(&mut cx) { Step::Complete(()) } else { Step::Yielded(()) }
    })
}

pub fn rng(n: u32) -> impl Stream<Item = u32> {
    stream::iter(0..n).then(|i| async move {
        yield_now().await;
        i
    })
}

pub async fn foo(n: u32) {
    let mut numbers = pin!(rng(n));
    while let Some(i) = numbers.next().await {
        println!("{i}");
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<Y, R> {
    Yielded(Y),
    Complete(R),
}

pub trait Coroutine<In> {
    type Yield;
    type Return;

    fn resume(&mut self, input: In) -> Step<Self::Yield, Self::Return>;
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(pub u64);

struct Task {
    tid: TaskId,
    target: Box<dyn Coroutine<(), Yield = (), Return = ()>>,
}

#[derive(Default)]
pub struct Scheduler {
    ready: VecDeque<Task>,
    spawned: u64,
}

impl Scheduler {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn spawn(&mut self, target: impl Coroutine<(), Yield = (), Return = ()> + 'static) -> TaskId {
        self.spawned += 1;
        let tid = TaskId(self.spawned);
        self.schedule(Task { tid, target: Box::new(target) });
        tid
    }

    fn schedule(&mut self, task: Task) {
        self.ready.push_back(task);
    }

    pub fn mainloop(&mut self) {
        while let Some(mut task) = self.ready.pop_front() {
            match task.target.resume(()) {
                Step::Yielded(()) => self.schedule(task),
                Step::Complete(()) => Self::exit(task),
            }
        }
    }

    fn exit(task: Task) {
        let TaskId(tid) = task.tid;
        drop(task);
        println!("Task {tid} terminated");
    }
}
