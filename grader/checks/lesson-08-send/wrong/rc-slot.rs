//! fails: elsewhere, threads
//! breaks: send-markers
//! en: Everything works, on one thread. An `Rc` may not leave its thread, so neither may what holds one, nor an `impl
//! Coroutine` that hides it. Share the slot by `Arc`, with a `Mutex` or an atomic inside; or keep an enum, and there
//! is nothing to share.
//! ru: Всё работает, но в одном потоке ОС. `Rc` из своего потока не выпускают, а с ним и всё, что его держит, и `impl
//! Coroutine`, который его прячет. Делите ячейку через `Arc`, а внутри — `Mutex` или атомарная переменная; или
//! возьмите перечисление, и делить будет нечего.

use std::cell::Cell;
use std::future::poll_fn;
use std::mem;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

pub enum Step<Y, R> {
    Yielded(Y),
    Complete(R),
}

pub trait Coroutine<In> {
    type Yield;
    type Return;
    fn resume(&mut self, input: In) -> Step<Self::Yield, Self::Return>;
}

/// One place for what goes out and for what comes in.
type Slot = Rc<Cell<Option<i64>>>;

/// `yield value`: what lies in the slot at the next poll is what was sent.
async fn give(slot: &Slot, value: i64) -> Option<i64> {
    slot.set(Some(value));
    let mut given = false;
    poll_fn(|_| if mem::replace(&mut given, true) { Poll::Ready(slot.take()) } else { Poll::Pending }).await
}

async fn count(mut n: i64, slot: Slot) {
    while n > 0 {
        let shift = give(&slot, n).await;
        n -= 1;
        if let Some(shift) = shift {
            n += shift;
        }
    }
}

struct Driver<F> {
    body: Pin<Box<F>>,
    slot: Slot,
    started: bool,
    over: bool,
}

impl<F: Future<Output = ()>> Coroutine<Option<i64>> for Driver<F> {
    type Yield = i64;
    type Return = ();

    fn resume(&mut self, shift: Option<i64>) -> Step<i64, ()> {
        assert!(!self.over, "coroutine resumed after completion");
        assert!(self.started || shift.is_none(), "can't send non-None value to a just-started coroutine");
        self.started = true;
        self.slot.set(shift);
        match self.body.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Pending => Step::Yielded(self.slot.take().expect("a countdown waits for nothing but its caller")),
            Poll::Ready(()) => {
                self.over = true;
                Step::Complete(())
            }
        }
    }
}

pub fn countdown(n: i64) -> impl Coroutine<Option<i64>, Yield = i64, Return = ()> {
    let slot = Slot::default();
    Driver { body: Box::pin(count(n, Rc::clone(&slot))), slot, started: false, over: false }
}

pub struct Fresh<C> {
    coroutine: C,
}

impl<C: Coroutine<Option<i64>>> Fresh<C> {
    pub fn new(coroutine: C) -> Self {
        Fresh { coroutine }
    }

    pub fn start(self) -> (Option<C::Yield>, Started<C>) {
        let mut started = Started { coroutine: Some(self.coroutine) };
        let first = started.next();
        (first, started)
    }
}

pub struct Started<C> {
    coroutine: Option<C>,
}

impl<C: Coroutine<Option<i64>>> Started<C> {
    pub fn send(&mut self, shift: i64) -> Option<C::Yield> {
        self.resume(Some(shift))
    }

    fn resume(&mut self, input: Option<i64>) -> Option<C::Yield> {
        match self.coroutine.as_mut()?.resume(input) {
            Step::Yielded(value) => Some(value),
            Step::Complete(_) => {
                self.coroutine = None;
                None
            }
        }
    }
}

impl<C: Coroutine<Option<i64>>> Iterator for Started<C> {
    type Item = C::Yield;

    fn next(&mut self) -> Option<C::Yield> {
        self.resume(None)
    }
}
