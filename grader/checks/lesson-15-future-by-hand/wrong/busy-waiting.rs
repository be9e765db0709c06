//! fails: delays, latest-waker, rings, apart, many
//! breaks: asks-once, pending-till-then
//! en: You wake the task at once, so that it is polled again and again until the time has come. That works, and keeps a processor busy with asking: leave the waker with the clock, and be silent until it calls back.
//! ru: Вы тут же будите задачу, чтобы её опрашивали снова и снова, пока не придёт время. Это работает и занимает процессор одними вопросами: оставьте будильник часам и молчите, пока они не позвонят.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

#[must_use = "futures do nothing unless polled"]
pub struct YieldNow(bool);

pub fn yield_now() -> YieldNow {
    YieldNow(false)
}

impl Future for YieldNow {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.0 {
            return Poll::Ready(());
        }
        self.0 = true;
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

enum Foo {
    Looping { left: u32 },
    Awaiting { left: u32, pause: YieldNow },
}

pub fn foo(n: u32) -> impl Future<Output = ()> {
    Foo::Looping { left: n }
}

impl Future for Foo {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        loop {
            match &mut *self {
                Foo::Looping { left: 0 } => return Poll::Ready(()),
                Foo::Looping { left } => {
                    println!("I'm foo");
                    let left = *left - 1;
                    *self = Foo::Awaiting { left, pause: yield_now() };
                }
                Foo::Awaiting { left, pause } => {
                    ready!(Pin::new(pause).poll(cx));
                    let left = *left;
                    *self = Foo::Looping { left };
                }
            }
        }
    }
}

pub trait Clock {
    fn now(&self) -> Duration;
    fn call_at(&self, when: Duration, callback: Box<dyn FnOnce() + Send>);
}

#[must_use = "futures do nothing unless polled"]
pub struct Delay<'a, C: Clock> {
    clock: &'a C,
    pause: Duration,
    deadline: Option<Duration>,
}

pub fn delay<C: Clock>(clock: &C, pause: Duration) -> Delay<'_, C> {
    Delay { clock, pause, deadline: None }
}

impl<C: Clock> Future for Delay<'_, C> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let now = self.clock.now();
        let pause = self.pause;
        let deadline = *self.deadline.get_or_insert(now + pause);
        if now >= deadline {
            Poll::Ready(())
        } else {
            cx.waker().wake_by_ref();
            Poll::Pending
        }
    }
}

#[must_use = "futures do nothing unless polled"]
pub struct Join2<A: Future, B: Future> {
    a: Side<A>,
    b: Side<B>,
}

enum Side<F: Future> {
    Running(Pin<Box<F>>),
    Done(Option<F::Output>),
}

impl<F: Future> Side<F> {
    fn poll(&mut self, cx: &mut Context<'_>) -> bool {
        if let Side::Running(future) = self
            && let Poll::Ready(output) = future.as_mut().poll(cx)
        {
            *self = Side::Done(Some(output));
        }
        matches!(self, Side::Done(_))
    }

    fn output(&mut self) -> F::Output {
        let Side::Done(output) = self else { panic!("not ready") };
        output.take().expect("polled after it was ready")
    }
}

pub fn join2<A: Future, B: Future>(a: A, b: B) -> Join2<A, B> {
    Join2 { a: Side::Running(Box::pin(a)), b: Side::Running(Box::pin(b)) }
}

impl<A: Future, B: Future> Unpin for Join2<A, B> {}

impl<A: Future, B: Future> Future for Join2<A, B> {
    type Output = (A::Output, B::Output);

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let a_is_done = self.a.poll(cx);
        let b_is_done = self.b.poll(cx);
        if a_is_done && b_is_done { Poll::Ready((self.a.output(), self.b.output())) } else { Poll::Pending }
    }
}
