//! fails: alarm-in-between
//! breaks: any-moment
//! en: You look at the clock: it is not time. Then you leave the new waker. An alarm that rings in between takes the old waker, and nobody will call the new one. Leave the waker first, then look.
//! ru: Вы смотрите на часы: ещё не время. Потом оставляете новый будильник. Сигнал посередине заберёт старый, а новый никто не включит. Сначала оставьте будильник, потом смотрите.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker, ready};
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

#[must_use]
pub struct Foo {
    left: u32,
    pause: Option<YieldNow>,
}

pub fn foo(n: u32) -> Foo {
    Foo { left: n, pause: None }
}

impl Future for Foo {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let foo = self.get_mut();
        if let Some(pause) = &mut foo.pause {
            ready!(Pin::new(pause).poll(cx));
        }
        if foo.left == 0 {
            return Poll::Ready(());
        }
        foo.left -= 1;
        println!("I'm foo");
        Pin::new(foo.pause.insert(yield_now())).poll(cx)
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
    latest: Arc<Mutex<Option<Waker>>>,
}

pub fn delay<C: Clock>(clock: &C, pause: Duration) -> Delay<'_, C> {
    Delay { clock, pause, deadline: None, latest: Arc::default() }
}

impl<C: Clock> Future for Delay<'_, C> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let now = self.clock.now();
        let is_first = self.deadline.is_none();
        let deadline = self.deadline.unwrap_or(now + self.pause);
        self.deadline = Some(deadline);
        if now >= deadline {
            return Poll::Ready(());
        }
        *self.latest.lock().unwrap() = Some(cx.waker().clone());
        if is_first {
            let latest = Arc::clone(&self.latest);
            let wake = move || {
                let waker = latest.lock().unwrap().take();
                if let Some(waker) = waker {
                    waker.wake();
                }
            };
            self.clock.call_at(deadline, Box::new(wake));
        }
        Poll::Pending
    }
}

#[must_use = "futures do nothing unless polled"]
pub struct Join2<A: Future, B: Future> {
    a: (Option<Pin<Box<A>>>, Option<A::Output>),
    b: (Option<Pin<Box<B>>>, Option<B::Output>),
}

pub fn join2<A: Future, B: Future>(a: A, b: B) -> Join2<A, B> {
    Join2 { a: (Some(Box::pin(a)), None), b: (Some(Box::pin(b)), None) }
}

impl<A: Future, B: Future> Unpin for Join2<A, B> {}

fn step<F: Future>(half: &mut (Option<Pin<Box<F>>>, Option<F::Output>), cx: &mut Context<'_>) {
    if let Some(future) = &mut half.0
        && let Poll::Ready(output) = future.as_mut().poll(cx)
    {
        *half = (None, Some(output));
    }
}

impl<A: Future, B: Future> Future for Join2<A, B> {
    type Output = (A::Output, B::Output);

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        step(&mut self.a, cx);
        step(&mut self.b, cx);
        if self.a.1.is_none() || self.b.1.is_none() {
            return Poll::Pending;
        }
        match (self.a.1.take(), self.b.1.take()) {
            (Some(a), Some(b)) => Poll::Ready((a, b)),
            _ => unreachable!("both are there"),
        }
    }
}
