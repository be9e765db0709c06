//! en: Functions that return boxed trait objects; the delay is an enum with a state for before, during and after; outputs are kept in boxes, so that everything is `Unpin` by itself.
//! ru: Функции возвращают трейт-объекты в коробках; пауза — перечисление с состояниями «до», «во время» и «после»; результаты тоже лежат в коробках, и всё само собой `Unpin`.

use std::cell::Cell;
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

pub fn yield_now() -> Pin<Box<dyn Future<Output = ()>>> {
    let mut rest = Some(());
    Box::pin(poll_fn(move |cx| match rest.take() {
        Some(()) => {
            cx.waker().clone().wake();
            Poll::Pending
        }
        None => Poll::Ready(()),
    }))
}

pub fn foo(n: u32) -> Pin<Box<dyn Future<Output = ()>>> {
    if n == 0 {
        return Box::pin(async {});
    }
    Box::pin(async move {
        println!("I'm foo");
        yield_now().await;
        foo(n - 1).await;
    })
}

pub trait Clock {
    fn now(&self) -> Duration;
    fn call_at(&self, when: Duration, callback: Box<dyn FnOnce() + Send>);
}

enum Delay<'a, C> {
    Before { clock: &'a C, pause: Duration },
    During(Arc<(AtomicBool, Mutex<Waker>)>),
    After,
}

pub fn delay<C: Clock>(clock: &C, pause: Duration) -> Pin<Box<dyn Future<Output = ()> + '_>> {
    Box::pin(if pause.is_zero() { Delay::After } else { Delay::Before { clock, pause } })
}

impl<C: Clock> Future for Delay<'_, C> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        match &*self {
            Delay::Before { clock, pause } => {
                let ours = Arc::new((AtomicBool::new(false), Mutex::new(cx.waker().clone())));
                let theirs = Arc::clone(&ours);
                clock.call_at(
                    clock.now() + *pause,
                    Box::new(move || {
                        theirs.0.store(true, Ordering::SeqCst);
                        let waker = theirs.1.lock().unwrap().clone();
                        waker.wake();
                    }),
                );
                *self = Delay::During(ours);
                Poll::Pending
            }
            Delay::During(shared) => {
                shared.1.lock().unwrap().clone_from(cx.waker());
                if !shared.0.load(Ordering::SeqCst) {
                    return Poll::Pending;
                }
                *self = Delay::After;
                Poll::Ready(())
            }
            Delay::After => Poll::Ready(()),
        }
    }
}

#[must_use = "futures do nothing unless polled"]
pub struct Join2<'a, A, B> {
    a: Pin<Box<dyn Future<Output = ()> + 'a>>,
    b: Pin<Box<dyn Future<Output = ()> + 'a>>,
    a_output: Rc<Cell<Option<A>>>,
    b_output: Rc<Cell<Option<B>>>,
    is_running: (bool, bool),
}

pub fn join2<'a, A: Future + 'a, B: Future + 'a>(a: A, b: B) -> Join2<'a, A::Output, B::Output> {
    let (a_output, b_output) = (Rc::new(Cell::new(None)), Rc::new(Cell::new(None)));
    let (for_a, for_b) = (Rc::clone(&a_output), Rc::clone(&b_output));
    Join2 {
        a: Box::pin(async move { for_a.set(Some(a.await)) }),
        b: Box::pin(async move { for_b.set(Some(b.await)) }),
        a_output,
        b_output,
        is_running: (true, true),
    }
}

impl<A, B> Future for Join2<'_, A, B> {
    type Output = (A, B);

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<(A, B)> {
        if self.is_running.0 {
            self.is_running.0 = self.a.as_mut().poll(cx).is_pending();
        }
        if self.is_running.1 {
            self.is_running.1 = self.b.as_mut().poll(cx).is_pending();
        }
        if self.is_running.0 || self.is_running.1 {
            return Poll::Pending;
        }
        Poll::Ready((self.a_output.take().unwrap(), self.b_output.take().unwrap()))
    }
}
