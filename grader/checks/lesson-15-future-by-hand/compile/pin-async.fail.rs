//! A suspended `async fn` may hold references into itself, so its future is polled where it is pinned.

use lesson_15::yield_now;
use std::pin::Pin;
use std::task::{Context, Waker};

async fn once() {
    yield_now().await;
}

fn main() {
    let mut once = Pin::new(&mut once()); //~ E0277
    let _polled = once.as_mut().poll(&mut Context::from_waker(Waker::noop()));
}
