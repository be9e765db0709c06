//! fails: both, any-output, many
//! breaks: join-takes-any
//! en: `Pin::new` is for futures that may be moved, so your `join2` wants `Unpin`, and an `async` block is not. `Box::pin` pins any future: the box moves, what is in it does not.
//! ru: `Pin::new` — для фьючерсов, которые можно перемещать, поэтому ваша `join2` требует `Unpin`, а блок `async` не такой. `Box::pin` закрепит любой фьючерс: сама коробка перемещается, а содержимое нет.

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
    shared: Option<Arc<Mutex<Shared>>>,
}

struct Shared {
    is_over: bool,
    waker: Waker,
}

pub fn delay<C: Clock>(clock: &C, pause: Duration) -> Delay<'_, C> {
    Delay { clock, pause, shared: None }
}

impl<C: Clock> Future for Delay<'_, C> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.pause.is_zero() {
            return Poll::Ready(());
        }
        if let Some(shared) = &self.shared {
            let mut shared = shared.lock().unwrap();
            if shared.is_over {
                return Poll::Ready(());
            }
            shared.waker = cx.waker().clone();
            return Poll::Pending;
        }
        let shared = Arc::new(Mutex::new(Shared { is_over: false, waker: cx.waker().clone() }));
        self.shared = Some(Arc::clone(&shared));
        let when = self.clock.now() + self.pause;
        self.clock.call_at(
            when,
            Box::new(move || {
                let waker = {
                    let mut shared = shared.lock().unwrap();
                    shared.is_over = true;
                    shared.waker.clone()
                };
                waker.wake();
            }),
        );
        Poll::Pending
    }
}

#[must_use = "futures do nothing unless polled"]
pub struct Join2<A: Future, B: Future> {
    a: Option<A>,
    b: Option<B>,
    a_output: Option<A::Output>,
    b_output: Option<B::Output>,
}

pub fn join2<A: Future + Unpin, B: Future + Unpin>(a: A, b: B) -> Join2<A, B> {
    Join2 { a: Some(a), b: Some(b), a_output: None, b_output: None }
}

impl<A, B> Future for Join2<A, B>
where
    A: Future<Output: Unpin> + Unpin,
    B: Future<Output: Unpin> + Unpin,
{
    type Output = (A::Output, B::Output);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        if let Some(a) = &mut this.a
            && let Poll::Ready(output) = Pin::new(a).poll(cx)
        {
            this.a_output = Some(output);
            this.a = None;
        }
        if let Some(b) = &mut this.b
            && let Poll::Ready(output) = Pin::new(b).poll(cx)
        {
            this.b_output = Some(output);
            this.b = None;
        }
        if this.a.is_some() || this.b.is_some() {
            return Poll::Pending;
        }
        Poll::Ready((this.a_output.take().unwrap(), this.b_output.take().unwrap()))
    }
}
