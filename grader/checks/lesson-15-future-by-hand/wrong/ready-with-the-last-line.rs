//! fails: slide, state-machine
//! breaks: foo-ends, foo-line-a-poll
//! en: You count lines, and are ready together with the last one. In the slide's loop an `await` comes after each line, the last one too, and only the poll after it finds that the loop is over.
//! ru: Вы считаете строки и готовы вместе с последней. В цикле со слайда `await` стоит после каждой строки, и после последней тоже, и лишь следующий за ней опрос видит, что цикл закончился.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
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

struct Foo {
    left: u32,
}

pub fn foo(n: u32) -> impl Future<Output = ()> {
    Foo { left: n }
}

impl Future for Foo {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.left > 0 {
            println!("I'm foo");
            self.left -= 1;
        }
        if self.left == 0 {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
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
