//! fails: polls, poll-by-poll, gate, dropped
//! breaks: one-poll, ready-ends
//! en: You poll only what has woken you, and take silence for the end. This scheduler comes round by itself: `polled`
//! asks at every step, woken or not. (Lesson 16's executor is the one that waits for wakers.)
//! ru: Вы опрашиваете только тех, кто вас разбудил, а молчание принимаете за конец. Этот планировщик приходит сам:
//! `polled` спрашивает на каждом шаге, будили её или нет. (Будильника ждёт исполнитель из урока 16.)

use futures::executor::block_on;
use futures::stream::{self, Stream, StreamExt};
use std::collections::VecDeque;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use tokio::task::yield_now;

struct Blocking<F> {
    future: Option<F>,
}

impl<F: Future<Output = ()>> Coroutine<()> for Blocking<F> {
    type Yield = ();
    type Return = ();

    fn resume(&mut self, (): ()) -> Step<(), ()> {
        match self.future.take() {
            Some(future) => {
                block_on(future);
                Step::Yielded(())
            }
            None => Step::Complete(()),
        }
    }
}

#[must_use = "tasks do nothing unless a scheduler runs them"]
pub fn blocking(future: impl Future<Output = ()>) -> impl Coroutine<(), Yield = (), Return = ()> {
    Blocking { future: Some(future) }
}

#[must_use = "tasks do nothing unless a scheduler runs them"]
pub fn task(n: u32) -> impl Coroutine<(), Yield = (), Return = ()> {
    blocking(foo(n))
}

struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

struct Polled<F> {
    woken: Arc<Flag>,
    future: Pin<Box<F>>,
}

impl<F: Future<Output = ()>> Coroutine<()> for Polled<F> {
    type Yield = ();
    type Return = ();

    fn resume(&mut self, (): ()) -> Step<(), ()> {
        // Nobody has to be woken: this scheduler comes round to every task by itself.
        if !self.woken.0.swap(false, Ordering::Relaxed) {
            return Step::Complete(());
        }
        let waker = Waker::from(Arc::clone(&self.woken));
        match self.future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Pending => Step::Yielded(()),
            Poll::Ready(()) => Step::Complete(()),
        }
    }
}

#[must_use = "tasks do nothing unless a scheduler runs them"]
pub fn polled(future: impl Future<Output = ()>) -> impl Coroutine<(), Yield = (), Return = ()> {
    Polled { woken: Arc::new(Flag(AtomicBool::new(true))), future: Box::pin(future) }
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
