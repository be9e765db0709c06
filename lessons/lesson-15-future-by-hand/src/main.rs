//! The program of the README: `foo`, driven by hand.

use lesson_15::foo;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

fn main() {
    let mut coro = pin!(foo(2));
    let mut cx = Context::from_waker(Waker::noop());
    for _ in 0..3 {
        match coro.as_mut().poll(&mut cx) {
            Poll::Pending => println!("Pending"),
            Poll::Ready(()) => println!("Ready"),
        }
    }
}
