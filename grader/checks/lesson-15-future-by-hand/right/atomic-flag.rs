//! en: A flag and a waker apart from each other, met in the right order; the waker is left only after the clock was asked.
//! ru: Флаг и будильник порознь, но встречаются в верном порядке; будильник оставляют лишь после того, как попросили часы.

use std::mem;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker, ready};
use std::time::Duration;

/// A future that is ready at its second poll; made by [`yield_now`].
#[must_use = "futures do nothing unless polled"]
pub struct YieldNow {
    has_yielded: bool,
}

/// Gives control back once: `await YieldNow()`.
pub fn yield_now() -> YieldNow {
    YieldNow { has_yielded: false }
}

impl Future for YieldNow {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if mem::replace(&mut self.has_yielded, true) {
            return Poll::Ready(());
        }
        // There is nothing to wait for: whoever polls may do so again as soon as the others had their turn.
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

/// The places where [`foo`] can stand, with the variables that it needs there.
enum Foo {
    /// At the top of the loop.
    Looping { left: u32 },
    /// At the `await`.
    Awaiting { left: u32, pause: YieldNow },
}

/// `for _ in 0..n { println!("I'm foo"); yield_now().await }`.
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

/// Tells the time, and calls back when a time has come: `loop.time` and `loop.call_at` of asyncio.
pub trait Clock {
    /// The time since a moment of the clock's own choice.
    fn now(&self) -> Duration;

    /// Returns at once; when the clock shows `when` or later, calls `callback` once, on whatever thread.
    fn call_at(&self, when: Duration, callback: Box<dyn FnOnce() + Send>);
}

/// A future that is ready when a time has gone by; made by [`delay`].
#[must_use = "futures do nothing unless polled"]
pub struct Delay<'a, C: Clock> {
    clock: &'a C,
    pause: Duration,
    /// Shared with the clock's callback; there is none before the first poll.
    alarm: Option<Arc<Alarm>>,
}

/// Leave, then look; note, then take: whoever is second sees what the first one did.
#[derive(Default)]
struct Alarm {
    has_rung: AtomicBool,
    latest: Mutex<Option<Waker>>,
}

/// Lets `pause` go by on this clock, from the first poll on.
pub fn delay<C: Clock>(clock: &C, pause: Duration) -> Delay<'_, C> {
    Delay { clock, pause, alarm: None }
}

impl<C: Clock> Future for Delay<'_, C> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.pause.is_zero() {
            return Poll::Ready(());
        }
        let is_first = self.alarm.is_none();
        let alarm = Arc::clone(self.alarm.get_or_insert_default());
        if is_first {
            let theirs = Arc::clone(&alarm);
            self.clock.call_at(self.clock.now() + self.pause, Box::new(move || ring(&theirs)));
        }
        // After `call_at`: if that has called back already, this very poll is ready.
        *alarm.latest.lock().expect("nobody panics while holding it") = Some(cx.waker().clone());
        if !alarm.has_rung.load(Ordering::SeqCst) {
            return Poll::Pending;
        }
        alarm.latest.lock().expect("nobody panics while holding it").take();
        Poll::Ready(())
    }
}

/// What the clock calls. The lock is free again before the waker is called: who knows what a waker does.
fn ring(alarm: &Alarm) {
    alarm.has_rung.store(true, Ordering::SeqCst);
    let waker = alarm.latest.lock().expect("nobody panics while holding it").take();
    if let Some(waker) = waker {
        waker.wake();
    }
}

/// A future that is ready when two are; made by [`join2`].
#[must_use = "futures do nothing unless polled"]
pub struct Join2<A: Future, B: Future> {
    a: Branch<A>,
    b: Branch<B>,
}

/// Waits for both at once, and gives both outputs.
pub fn join2<A: Future, B: Future>(a: A, b: B) -> Join2<A, B> {
    Join2 { a: Branch::Running(Box::pin(a)), b: Branch::Running(Box::pin(b)) }
}

/// What is pinned is in the boxes; a `Join2` and the outputs that it keeps may be moved.
impl<A: Future, B: Future> Unpin for Join2<A, B> {}

impl<A: Future, B: Future> Future for Join2<A, B> {
    type Output = (A::Output, B::Output);

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // `|`, not `||`: `b` is polled whatever `a` has answered.
        if self.a.poll(cx).is_pending() | self.b.poll(cx).is_pending() {
            return Poll::Pending;
        }
        Poll::Ready((self.a.take(), self.b.take()))
    }
}

/// One of the two: still running, or what came of it, until that is taken.
enum Branch<F: Future> {
    Running(Pin<Box<F>>),
    Done(F::Output),
    Taken,
}

impl<F: Future> Branch<F> {
    /// Polls the future, unless it was ready before.
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
