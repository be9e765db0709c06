//! A suspended `async` block may hold references into itself, so it is polled where it is pinned.

use lesson_15::yield_now;
use std::pin::Pin;
use std::task::{Context, Waker};

fn main() {
    let mut once = Pin::new(&mut async { yield_now().await }); //~ E0277
    let _polled = once.as_mut().poll(&mut Context::from_waker(Waker::noop()));
}
