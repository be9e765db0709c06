//! en: The body is an `async fn`, with the lines of the slide: the compiler makes the enum. `resume` polls it once,
//! and values cross in a slot that both sides hold.
//! ru: Тело — это `async fn` со строками слайда: перечисление делает компилятор. `resume` опрашивает его один раз, а
//! значения ходят через ячейку, которую держат обе стороны.

use std::future::poll_fn;
use std::mem;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
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
type Slot = Arc<Mutex<Option<i64>>>;

/// Takes what lies in the slot and leaves a value there.
fn swap(slot: &Slot, value: Option<i64>) -> Option<i64> {
    mem::replace(&mut *slot.lock().unwrap(), value)
}

/// `yield value`.
async fn give(slot: &Slot, value: i64) -> Option<i64> {
    swap(slot, Some(value));
    let mut given = false;
    poll_fn(|_| if mem::replace(&mut given, true) { Poll::Ready(()) } else { Poll::Pending }).await;
    swap(slot, None)
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
    body: Option<Pin<Box<F>>>,
    slot: Slot,
    started: bool,
}

impl<F: Future<Output = ()>> Coroutine<Option<i64>> for Driver<F> {
    type Yield = i64;
    type Return = ();

    fn resume(&mut self, shift: Option<i64>) -> Step<i64, ()> {
        let body = self.body.as_mut().expect("coroutine resumed after completion");
        assert!(self.started || shift.is_none(), "can't send non-None value to a just-started coroutine");
        self.started = true;
        swap(&self.slot, shift);
        match body.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Pending => Step::Yielded(swap(&self.slot, None).unwrap()),
            Poll::Ready(()) => {
                self.body = None;
                Step::Complete(())
            }
        }
    }
}

pub fn countdown(n: i64) -> impl Coroutine<Option<i64>, Yield = i64, Return = ()> {
    let slot = Slot::default();
    Driver { body: Some(Box::pin(count(n, Arc::clone(&slot)))), slot, started: false }
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
