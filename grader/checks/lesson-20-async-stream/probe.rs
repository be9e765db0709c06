//! Observes lesson 20: what each poll of the stream gives, and who gets a turn between two items.

use futures::executor::block_on;
use futures::stream::{Stream, StreamExt};
use lesson_20::{foo, rng};
use probe::{Inputs, Wakes, check, mark, on_paused_clock};
use std::pin::pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::task::yield_now;
use tokio::time::sleep;

/// Takes its turns beside the student's future, and says so.
async fn sibling(turns: u32) {
    for turn in 1..=turns {
        mark!("sibling: turn {turn}");
        yield_now().await;
    }
}

/// The slide's own program.
#[check]
fn slide(_: &mut Inputs) {
    on_paused_clock!(async {
        mark!("foo(5).await");
        let got: () = foo(5).await;
        mark!("returned {got:?}");
    });
}

/// No call runs anything by itself, and nobody counts further than is asked.
#[check]
fn lazy(inputs: &mut Inputs) {
    let n = inputs.number(2..=4) as u32;
    let few = inputs.size(2..=4);
    on_paused_clock!(async {
        mark!("foo({n}) called, not awaited");
        let future = foo(n);
        sleep(Duration::from_secs(1)).await;
        mark!("1s later: awaited");
        future.await;
        mark!("foo({n}) called and dropped");
        drop(foo(n));
        sleep(Duration::from_secs(1)).await;
        mark!("1s later");
    });
    mark!("rng(4294967295).take({few})");
    let got: ::std::vec::Vec<u32> = block_on(rng(u32::MAX).take(few).collect());
    mark!("{got:?}");
}

/// No runtime: every poll by itself, and whether it woke the task; three of them after the end.
#[check]
fn polls(inputs: &mut Inputs) {
    let n = inputs.number(2..=4) as u32;
    mark!("rng({n}), polled by hand, outside of any runtime");
    let mut numbers = pin!(rng(n));
    let (wakes, waker) = Wakes::new();
    let mut ends = 0;
    for poll in 1..=20 {
        let got: ::std::task::Poll<::std::option::Option<u32>> =
            numbers.as_mut().poll_next(&mut Context::from_waker(&waker));
        match (got, wakes.take()) {
            (Poll::Pending, 0) => mark!("poll {poll}: Pending, and its task isn't woken"),
            (Poll::Pending, _) => mark!("poll {poll}: Pending, its task is woken"),
            (got, _) => mark!("poll {poll}: {got:?}"),
        }
        ends += u32::from(got == Poll::Ready(None));
        if ends == 3 {
            return;
        }
    }
    mark!("20 polls");
}

/// A future beside `foo` in one task: it gets its turn before each line.
#[check]
fn siblings(inputs: &mut Inputs) {
    let n = inputs.number(3..=5) as u32;
    let turns = n - inputs.number(0..=1) as u32;
    on_paused_clock!(async {
        mark!("foo({n}) and a sibling with {turns} turns, at once");
        futures::join!(foo(n), sibling(turns));
        mark!("both are done");
    });
}

/// Two loops over two streams, at once: they take turns.
#[check]
fn two_loops(inputs: &mut Inputs) {
    let (a, b) = (inputs.number(1..=3) as u32, inputs.number(3..=5) as u32);
    on_paused_clock!(async {
        mark!("foo({a}) and foo({b}), at once");
        futures::join!(foo(a), foo(b));
        mark!("both are done");
    });
}

/// The stream among the adapters of the futures crate; an empty one; two that don't know of each other.
#[check]
fn adapters(inputs: &mut Inputs) {
    let n = inputs.number(3..=6) as u32;
    let factor = inputs.number(2..=9) as u32;
    let mut empty_first = [n, 0, 1];
    inputs.shuffle(&mut empty_first);
    for n in empty_first {
        mark!("rng({n}).collect()");
        let got: ::std::vec::Vec<u32> = block_on(rng(n).collect());
        mark!("{got:?}");
    }
    mark!("rng({n}).skip(1).map(|i| i * {factor})");
    let got: ::std::vec::Vec<u32> = block_on(rng(n).skip(1).map(|i| i * factor).collect());
    mark!("{got:?}");
    mark!("rng({n}).zip(rng({}))", n + 2);
    let got: ::std::vec::Vec<(u32, u32)> = block_on(rng(n).zip(rng(n + 2)).collect());
    mark!("{got:?}");
    mark!("the first two of rng({n}), then the rest, asked again after the end");
    block_on(async {
        let mut numbers = pin!(rng(n));
        let got: ::std::vec::Vec<u32> = numbers.by_ref().take(2).collect().await;
        mark!("{got:?}");
        let got: ::std::vec::Vec<u32> = numbers.by_ref().collect().await;
        mark!("{got:?}");
        let got: ::std::option::Option<u32> = numbers.next().await;
        mark!("{got:?}");
    });
}

probe::main!(slide, lazy, polls, siblings, two_loops, adapters);
