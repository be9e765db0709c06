//! en: The body is an `async fn` with the lines of the slide, which is polled once at each `resume`; numbers go out
//! through one cell, throws come in through another.
//! ru: Тело — `async fn` со строками слайда, и каждый `resume` опрашивает её один раз; числа выходят через одну
//! ячейку, броски входят через другую.

use std::cell::Cell;
use std::future::poll_fn;
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

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Thrown {
    ValueError(String),
    Other(String),
}

/// What the caller and the body share.
#[derive(Default)]
struct Door {
    out: Cell<Option<u32>>,
    back: Cell<Option<Result<(), Thrown>>>,
}

impl Door {
    /// `yield n`, which may raise.
    async fn give(&self, n: u32) -> Result<(), Thrown> {
        self.out.set(Some(n));
        poll_fn(|_| self.back.take().map_or(Poll::Pending, Poll::Ready)).await
    }
}

async fn body(mut n: u32, door: Rc<Door>) -> Result<(), Thrown> {
    // What arrives before the first line.
    door.back.take().unwrap_or(Ok(()))?;
    while n > 0 {
        match door.give(n).await {
            Ok(()) => n -= 1,
            Err(Thrown::ValueError(_)) => println!("Поймал!"),
            Err(other) => return Err(other),
        }
    }
    Ok(())
}

struct Cor<F> {
    body: Option<Pin<Box<F>>>,
    door: Rc<Door>,
}

impl<F: Future<Output = Result<(), Thrown>>> Coroutine<Result<(), Thrown>> for Cor<F> {
    type Yield = u32;
    type Return = Result<(), Thrown>;

    fn resume(&mut self, input: Result<(), Thrown>) -> Step<u32, Result<(), Thrown>> {
        let body = self.body.as_mut().expect("coroutine resumed after completion");
        self.door.back.set(Some(input));
        match body.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Pending => Step::Yielded(self.door.out.take().unwrap()),
            Poll::Ready(value) => {
                self.body = None;
                Step::Complete(value)
            }
        }
    }
}

pub fn cor(n: u32) -> impl Coroutine<Result<(), Thrown>, Yield = u32, Return = Result<(), Thrown>> {
    let door = Rc::<Door>::default();
    Cor { body: Some(Box::pin(body(n, Rc::clone(&door)))), door }
}
