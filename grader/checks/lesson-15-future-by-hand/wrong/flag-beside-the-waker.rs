//! fails: alarm-in-between
//! breaks: any-moment
//! en: You look at a flag beside the waker, and then leave the new waker. The alarm raises the flag and takes the old waker in between: the new one is left when all is over. After you have left it, look again; or keep both under one lock.
//! ru: Вы смотрите на флаг рядом с будильником, потом оставляете новый будильник. Сигнал посередине поднимает флаг и забирает старый: новый оставлен, когда всё уже кончилось. Оставив, посмотрите ещё раз — или держите то и другое под одним мьютексом.

use std::mem;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker, ready};
use std::time::Duration;

#[must_use = "futures do nothing unless polled"]
pub struct YieldNow {
    has_yielded: bool,
}

pub fn yield_now() -> YieldNow {
    YieldNow { has_yielded: false }
}

impl Future for YieldNow {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if mem::replace(&mut self.has_yielded, true) {
            return Poll::Ready(());
        }
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
            *self = match *self {
                Foo::Looping { left: 0 } => return Poll::Ready(()),
                Foo::Looping { left } => {
                    println!("I'm foo");
                    Foo::Awaiting { left: left - 1, pause: yield_now() }
                }
                Foo::Awaiting { left, ref mut pause } => {
                    ready!(Pin::new(pause).poll(cx));
                    Foo::Looping { left }
                }
            };
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
    alarm: Option<Arc<Alarm>>,
}

struct Alarm {
    has_rung: AtomicBool,
    waker: Mutex<Option<Waker>>,
}

pub fn delay<C: Clock>(clock: &C, pause: Duration) -> Delay<'_, C> {
    Delay { clock, pause, alarm: None }
}

impl<C: Clock> Future for Delay<'_, C> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.pause.is_zero() {
            return Poll::Ready(());
        }
        let Some(alarm) = &self.alarm else {
            let waker = Mutex::new(Some(cx.waker().clone()));
            let alarm = Arc::new(Alarm { has_rung: AtomicBool::new(false), waker });
            self.alarm = Some(Arc::clone(&alarm));
            self.clock.call_at(self.clock.now() + self.pause, Box::new(move || ring(&alarm)));
            return Poll::Pending;
        };
        if alarm.has_rung.load(Ordering::SeqCst) {
            return Poll::Ready(());
        }
        *alarm.waker.lock().unwrap() = Some(cx.waker().clone());
        Poll::Pending
    }
}

fn ring(alarm: &Alarm) {
    alarm.has_rung.store(true, Ordering::SeqCst);
    let waker = alarm.waker.lock().unwrap().take();
    if let Some(waker) = waker {
        waker.wake();
    }
}

#[must_use = "futures do nothing unless polled"]
pub struct Join2<A: Future, B: Future> {
    a: Branch<A>,
    b: Branch<B>,
}

pub fn join2<A: Future, B: Future>(a: A, b: B) -> Join2<A, B> {
    Join2 { a: Branch::Running(Box::pin(a)), b: Branch::Running(Box::pin(b)) }
}

impl<A: Future, B: Future> Unpin for Join2<A, B> {}

impl<A: Future, B: Future> Future for Join2<A, B> {
    type Output = (A::Output, B::Output);

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        if self.a.poll(cx).is_pending() | self.b.poll(cx).is_pending() {
            return Poll::Pending;
        }
        Poll::Ready((self.a.take(), self.b.take()))
    }
}

enum Branch<F: Future> {
    Running(Pin<Box<F>>),
    Done(F::Output),
    Taken,
}

impl<F: Future> Branch<F> {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if let Branch::Running(future) = self {
            *self = Branch::Done(ready!(future.as_mut().poll(cx)));
        }
        Poll::Ready(())
    }

    fn take(&mut self) -> F::Output {
        match mem::replace(self, Branch::Taken) {
            Branch::Done(output) => output,
            _ => panic!("`Join2` polled after completion"),
        }
    }
}
