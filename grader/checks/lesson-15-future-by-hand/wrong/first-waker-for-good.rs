//! fails: latest-waker, many
//! breaks: latest-waker
//! en: You keep the waker of the first poll for good. A future may be polled by another task later, and then you wake one that does not wait for it any more: replace the waker at each poll that stays `Pending`.
//! ru: Вы навсегда оставили будильник первого опроса. Потом фьючерс может опросить другая задача, и вы разбудите ту, которая его больше не ждёт: заменяйте будильник при каждом опросе, который остался `Pending`.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
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

pub async fn foo(n: u32) {
    for _ in 0..n {
        println!("I'm foo");
        yield_now().await;
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
    is_over: Option<Arc<AtomicBool>>,
}

pub fn delay<C: Clock>(clock: &C, pause: Duration) -> Delay<'_, C> {
    Delay { clock, pause, is_over: None }
}

impl<C: Clock> Future for Delay<'_, C> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.pause.is_zero() {
            return Poll::Ready(());
        }
        match &self.is_over {
            Some(is_over) if is_over.load(Ordering::Acquire) => Poll::Ready(()),
            Some(_) => Poll::Pending,
            None => {
                let is_over = Arc::new(AtomicBool::new(false));
                self.is_over = Some(is_over.clone());
                let waker = cx.waker().clone();
                let callback = move || {
                    is_over.store(true, Ordering::Release);
                    waker.wake();
                };
                self.clock.call_at(self.clock.now() + self.pause, Box::new(callback));
                Poll::Pending
            }
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
