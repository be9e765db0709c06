//! Whoever keeps an output of any type in its fields must say that it may be moved, or `poll` can't change them.

#![allow(unused_mut)]

use lesson_15::yield_now;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

struct Fuse<F: Future> {
    future: Pin<Box<F>>,
    output: Option<F::Output>,
}

impl<F: Future> Future for Fuse<F> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = &mut *self; //~ E0596
        this.output = Some(ready!(this.future.as_mut().poll(cx)));
        Poll::Ready(())
    }
}

fn main() {
    let _future = Fuse { future: Box::pin(async { yield_now().await }), output: None };
}
