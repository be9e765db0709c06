//! en: `foo` is an `async fn`, polled with a waker that does nothing: each `Pending` is a `yield`. A `yield` is a
//! future that is ready the second time.
//! ru: `foo` — это `async fn`, которую опрашивают с будильником, не делающим ничего: каждый `Pending` — это `yield`.
//! А сам `yield` — фьючерс, готовый со второго раза.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

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

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TaskId(pub u64);

#[derive(Default)]
pub struct TaskIds {
    last: u64,
}

impl TaskIds {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn next_id(&mut self) -> TaskId {
        self.last += 1;
        TaskId(self.last)
    }
}

pub struct Task<C, In> {
    pub tid: TaskId,
    pub sendval: Option<In>,
    target: C,
}

impl<C: Coroutine<Option<In>>, In> Task<C, In> {
    pub fn new(tid: TaskId, target: C) -> Self {
        Task { tid, sendval: None, target }
    }

    pub fn run(&mut self) -> Step<C::Yield, C::Return> {
        self.target.resume(self.sendval.take())
    }
}

pub struct Polled(Pin<Box<dyn Future<Output = ()>>>);

async fn yield_() {
    let mut resumed = false;
    poll_fn(|_| if std::mem::replace(&mut resumed, true) { Poll::Ready(()) } else { Poll::Pending }).await;
}

pub fn foo(n: u32) -> impl Coroutine<Option<()>, Yield = (), Return = ()> {
    Polled(Box::pin(async move {
        for i in 0..n {
            println!("{i}");
            yield_().await;
        }
    }))
}

impl Coroutine<Option<()>> for Polled {
    type Yield = ();
    type Return = ();

    fn resume(&mut self, _sent: Option<()>) -> Step<(), ()> {
        match self.0.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Pending => Step::Yielded(()),
            Poll::Ready(()) => Step::Complete(()),
        }
    }
}
