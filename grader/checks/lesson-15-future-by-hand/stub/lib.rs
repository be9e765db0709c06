//! Lesson 15: futures without `async`.
//!
//! You write four by hand: `yield_now`, which gives control back once; `foo`, the state machine that an `async fn`
//! would be compiled to; `delay`, which waits for a clock; and `join2`, which waits for two futures at once.
//! `src/main.rs` polls `foo`.

#![allow(dead_code, unused_variables)] // TODO: remove this line when everything below is used

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

/// A future that is ready at its second poll; made by [`yield_now`].
// TODO: a future that nobody polls does nothing. Have the compiler say so, for all three types.
pub struct YieldNow {
    // TODO: how does it know which poll this is?
}

/// Gives control back once: `await YieldNow()`.
///
/// The first poll calls the waker that came with it, once, and is `Pending`; the second is `Ready`, and wakes nobody.
pub fn yield_now() -> YieldNow {
    todo!()
}

impl Future for YieldNow {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        todo!()
    }
}

/// The places where [`foo`] can stand, with the variables that it needs there.
// TODO: where else can it stand?
enum Foo {
    /// At the top of the loop.
    Looping { left: u32 },
}

/// `for _ in 0..n { println!("I'm foo"); yield_now().await }`.
///
/// It is ready at poll `n + 1`; a call prints nothing.
pub fn foo(n: u32) -> impl Future<Output = ()> {
    Foo::Looping { left: n }
}

impl Future for Foo {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        todo!()
    }
}

/// Tells the time, and calls back when a time has come: `loop.time` and `loop.call_at` of asyncio.
///
/// Given; the checks bring a clock of their own.
pub trait Clock {
    /// The time since a moment of the clock's own choice.
    fn now(&self) -> Duration;

    /// Returns at once; when the clock shows `when` or later, calls `callback` once, on whatever thread.
    fn call_at(&self, when: Duration, callback: Box<dyn FnOnce() + Send>);
}

/// A future that is ready when a time has gone by; made by [`delay`].
pub struct Delay<'a, C: Clock> {
    clock: &'a C,
    pause: Duration,
    // TODO: what does it share with the clock's callback?
}

/// Lets `pause` go by on this clock, from the first poll on.
///
/// The first poll calls `call_at`, once and for all. When the clock calls back, the waker of the latest poll is called,
/// and no other one. From then on a poll is `Ready`.
/// A pause of zero is over at the first poll, and the clock is asked for nothing.
pub fn delay<C: Clock>(clock: &C, pause: Duration) -> Delay<'_, C> {
    todo!()
}

impl<C: Clock> Future for Delay<'_, C> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        todo!()
    }
}

/// A future that is ready when two are; made by [`join2`].
pub struct Join2<A: Future, B: Future> {
    a: Pin<Box<A>>,
    b: Pin<Box<B>>,
    // TODO: which of them was ready, and what did it give?
}

/// Waits for both at once, and gives both outputs.
///
/// Each poll polls `a`, then `b`, with the `cx` that came with it; one that was ready is never polled again.
/// It is ready in the poll in which the second of them is.
pub fn join2<A: Future, B: Future>(a: A, b: B) -> Join2<A, B> {
    todo!()
}

impl<A: Future, B: Future> Future for Join2<A, B> {
    type Output = (A::Output, B::Output);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        todo!()
    }
}
