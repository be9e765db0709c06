//! A suspended `async` block may hold references into itself, so it is polled where it is pinned.

use lesson_15::yield_now;
use std::pin::pin;
use std::task::{Context, Waker};

fn main() {
    let mut once = pin!(async { yield_now().await });
    let _polled = once.as_mut().poll(&mut Context::from_waker(Waker::noop()));
}
