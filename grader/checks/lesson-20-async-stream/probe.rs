//! Observes lesson 20: what each poll of the stream gives, and who gets a turn between two items.

use futures::executor::{LocalPool, block_on};
use futures::stream::{FuturesUnordered, Stream, StreamExt};
use futures::task::LocalSpawnExt;
use lesson_20::{foo, rng};
use probe::{Inputs, Wakes, check, mark, on_paused_clock};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
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

/// So many tasks, and a waker of each.
fn tasks(count: usize) -> Vec<(Wakes, Waker)> {
    (0..count).map(|_| Wakes::new()).collect()
}

/// Which of the tasks were woken since the last time: `task 2 is woken`.
fn woken(tasks: &[(Wakes, Waker)]) -> String {
    let numbers = (1..).zip(tasks).filter(|(_, (task, _))| task.take() > 0);
    let words: Vec<String> = numbers.map(|(number, _)| format!("task {number} is woken")).collect();
    if words.is_empty() { "nobody is woken".to_owned() } else { words.join(", ") }
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

/// Each poll by another task than the last one: the wakes go to whoever polls; to the end, and after it.
#[check]
fn wakers(inputs: &mut Inputs) {
    let tasks = tasks(3);
    let mut lengths = [0, 1, inputs.number(2..=3) as u32];
    inputs.shuffle(&mut lengths);
    for n in lengths {
        mark!("rng({n})");
        let mut numbers = pin!(rng(n));
        let first = inputs.size(0..=2);
        for poll in 0..2 * n as usize + 3 {
            // No two waits of a row are polled by the same task, nor a wait and what it waited for.
            let who = (first + poll) % 3;
            let got: ::std::task::Poll<::std::option::Option<u32>> =
                numbers.as_mut().poll_next(&mut Context::from_waker(&tasks[who].1));
            mark!("polled by task {}: {got:?}; {}", who + 1, woken(&tasks));
        }
    }
}

/// Two streams and a third, polled in turn by tasks of their own: none knows of the others.
#[check]
fn apart(inputs: &mut Inputs) {
    let tasks = tasks(3);
    let mut streams: Vec<_> = (0..3).map(|_| Box::pin(rng(inputs.number(2..=3) as u32))).collect();
    mark!("three streams, each polled by a task of its own");
    let mut polls = [1, 1, 1, 2, 2, 2, 3, 3, 3, 1, 2, 3, 1, 2, 3];
    inputs.shuffle(&mut polls[1..]);
    for number in polls {
        let mut cx = Context::from_waker(&tasks[number - 1].1);
        let got: ::std::task::Poll<::std::option::Option<u32>> = streams[number - 1].as_mut().poll_next(&mut cx);
        mark!("stream {number}: {got:?}; {}", woken(&tasks));
    }
}

/// `foo` by hand: what each poll prints, who is woken, and that nothing comes after it was dropped midway.
#[check]
fn foo_by_hand(inputs: &mut Inputs) {
    let tasks = tasks(2);
    let mut lengths = [0, 1, 3];
    inputs.shuffle(&mut lengths);
    for n in lengths {
        mark!("foo({n})");
        let mut future = pin!(foo(n));
        for poll in 1.. {
            let who = (poll + n as usize) % 2;
            mark!("poll {poll}, by task {}", who + 1);
            let got: ::std::task::Poll<()> = future.as_mut().poll(&mut Context::from_waker(&tasks[who].1));
            mark!("{got:?}; {}", woken(&tasks));
            if got.is_ready() || poll == 9 {
                break;
            }
        }
    }
    let mut drops = [0, 1, 2 + inputs.size(0..=1)];
    inputs.shuffle(&mut drops);
    for polls in drops {
        mark!("foo(9), dropped after so many polls: {polls}");
        let mut future = Box::pin(foo(9));
        for _ in 0..polls {
            let got: ::std::task::Poll<()> = future.as_mut().poll(&mut Context::from_waker(&tasks[0].1));
            mark!("{got:?}; {}", woken(&tasks));
        }
        drop(future);
        mark!("dropped; {}", woken(&tasks));
    }
}

/// Other executors than the runtime: a pool of one thread, and a set of futures that have wakers of their own.
#[check]
fn executors(inputs: &mut Inputs) {
    let (a, b) = (inputs.number(1..=2) as u32, inputs.number(2..=3) as u32);
    mark!("foo({a}) and foo({b}) in a LocalPool");
    let mut pool = LocalPool::new();
    for n in [a, b] {
        pool.spawner().spawn_local(foo(n)).expect("the pool is there");
    }
    pool.run();
    mark!("foo({b}) and foo({a}) in a FuturesUnordered");
    block_on([foo(b), foo(a)].into_iter().collect::<FuturesUnordered<_>>().collect::<()>());
    mark!("done");
}

/// More numbers than a byte or two can count, and the first few of more than anybody can.
#[check]
fn many(inputs: &mut Inputs) {
    let n = 65_536 + inputs.number(2..=99) as u32;
    mark!("rng({n}).collect()");
    let got: ::std::vec::Vec<u32> = block_on(rng(n).collect());
    let in_order = got.iter().zip(0..).filter(|(got, i)| **got == *i).count();
    mark!("{} numbers, {in_order} of them in their places; the last: {:?}", got.len(), got.last());
    for n in [u32::MAX, u32::MAX - 1] {
        mark!("rng({n}).take(3)");
        let got: ::std::vec::Vec<u32> = block_on(rng(n).take(3).collect());
        mark!("{got:?}");
    }
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

probe::main!(slide, lazy, polls, wakers, apart, siblings, two_loops, foo_by_hand, adapters, executors, many);
