//! Observes lesson 17: who runs when, on a clock that moves only while everyone waits.

use lesson_17::{count, gather};
use probe::{Gate, Inputs, Wakes, check, mark, on_paused_clock};
use std::cell::RefCell;
use std::future::ready;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::{Instant, sleep};

const SECOND: Duration = Duration::from_secs(1);

/// Different pauses, the first one the longest: the first future is never the first to finish.
fn pauses(inputs: &mut Inputs, n: usize) -> Vec<Duration> {
    let mut pauses: Vec<u64> = (1..=n as u64).map(|i| 10 * i + inputs.number(0..=9)).collect();
    inputs.shuffle(&mut pauses[..n - 1]);
    pauses.rotate_right(1);
    pauses.into_iter().map(Duration::from_millis).collect()
}

/// The slide's own program, and the time that it took: one after the other takes twice as long.
#[check]
fn slide(_: &mut Inputs) {
    on_paused_clock!(async {
        mark!("gather([count(1s), count(1s)]).await");
        let start = Instant::now();
        let got: ::std::vec::Vec<()> = gather([count(SECOND), count(SECOND)]).await;
        mark!("returned {got:?} after {:?}", start.elapsed());
    });
}

/// Neither `count` nor `gather` does anything before the `await`, though the runtime gets every chance to run them.
#[check]
fn lazy(inputs: &mut Inputs) {
    let n = inputs.size(2..=4);
    let pause = Duration::from_millis(inputs.number(20..=99));
    let meanwhile = Duration::from_millis(inputs.number(2..=9));
    on_paused_clock!(async {
        mark!("count({pause:?}) called {n} times, not awaited");
        let counts: Vec<_> = (0..n).map(|_| count(pause)).collect();
        sleep(meanwhile).await;
        mark!("{meanwhile:?} later: gather called, not awaited");
        let gathered = gather(counts);
        sleep(meanwhile).await;
        mark!("{meanwhile:?} later: awaited");
        let start = Instant::now();
        let got: ::std::vec::Vec<()> = gathered.await;
        mark!("returned {got:?} after {:?}", start.elapsed());
        mark!("gather([count({pause:?})]) called and dropped");
        drop(gather([count(pause)]));
        sleep(SECOND).await;
        mark!("1s later");
    });
}

/// The futures begin in the order of the list and finish in another one; their outputs are in the first again.
#[check]
fn input_order(inputs: &mut Inputs) {
    let n = inputs.size(3..=5);
    let pauses = pauses(inputs, n);
    let words: Vec<String> = (0..n).map(|_| inputs.word()).collect();
    on_paused_clock!(async {
        mark!("gather of {n} futures is awaited");
        let start = Instant::now();
        let futures = words.iter().cloned().zip(pauses).map(|(word, pause)| async move {
            mark!("{word:?} begins, and needs {pause:?}");
            sleep(pause).await;
            mark!("{word:?} is ready after {:?}", start.elapsed());
            word
        });
        let got: ::std::vec::Vec<::std::string::String> = gather(futures).await;
        mark!("returned {got:?} after {:?}", start.elapsed());
    });
}

/// Futures that can't leave their caller's stack frame, nor its thread.
#[check]
fn borrowed(inputs: &mut Inputs) {
    let n = inputs.size(2..=4);
    let pauses = pauses(inputs, n);
    let label = Rc::new(inputs.word());
    on_paused_clock!(async {
        mark!("gather of {n} futures: an Rc, a borrowed Vec");
        let start = Instant::now();
        let notes = RefCell::new(Vec::new());
        let futures = pauses.iter().enumerate().map(|(i, pause)| {
            let (label, notes) = (Rc::clone(&label), &notes);
            async move {
                sleep(*pause).await;
                notes.borrow_mut().push(format!("{label} {i}"));
                *pause
            }
        });
        let got: ::std::vec::Vec<::std::time::Duration> = gather(futures).await;
        mark!("returned {got:?} after {:?}", start.elapsed());
        mark!("the caller's Vec: {:?}", notes.into_inner());
    });
}

/// No runtime: a task that is polled when it was woken, and futures that wake it one at a time.
///
/// A future that waits behind another one is missed, a waker that is not handed on is never called, and a future that
/// is polled after it was ready says so.
#[check]
fn polls(inputs: &mut Inputs) {
    let gates: Vec<Gate> = ('a'..='e').take(inputs.size(3..=5)).map(Gate::shut).collect();
    let mut order: Vec<usize> = (0..gates.len()).collect();
    inputs.shuffle(&mut order[1..]);
    order.rotate_left(1);

    mark!("gather of {}, waiting for gates a to {}", gates.len(), gates[gates.len() - 1].name);
    let mut gathered = pin!(gather(gates.iter().map(Passage::through)));
    let mut opening = order.into_iter();
    let (wakes, waker) = Wakes::new();
    waker.wake_by_ref(); // for the first poll
    for _ in 0..100 {
        if wakes.take() > 0 {
            let polled: ::std::task::Poll<::std::vec::Vec<char>> =
                gathered.as_mut().poll(&mut Context::from_waker(&waker));
            if let Poll::Ready(got) = polled {
                mark!("returned {got:?}");
                return;
            }
        } else if let Some(next) = opening.next() {
            mark!("asleep; gate {} opens", gates[next].name);
            if !gates[next].open() {
                mark!("nobody waits for {}", gates[next].name);
            }
        } else {
            mark!("asleep, with every gate open");
            return;
        }
    }
    mark!("100 polls, and never asleep: who wakes the task?");
}

/// A future that is ready when its gate is open, and tells of it.
struct Passage {
    gate: Gate,
    is_over: bool,
}

impl Passage {
    fn through(gate: &Gate) -> Self {
        Passage { gate: gate.clone(), is_over: false }
    }
}

impl Future for Passage {
    type Output = char;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<char> {
        let name = self.gate.name;
        if self.is_over {
            mark!("{name} is polled again, though it was ready before");
            return Poll::Ready(name);
        }
        if self.gate.poll_pass(cx).is_pending() {
            return Poll::Pending;
        }
        mark!("{name} is ready");
        self.is_over = true;
        Poll::Ready(name)
    }
}

/// Nothing to wait for, by itself and among others.
#[check]
fn empty(inputs: &mut Inputs) {
    let first = inputs.number(10..=99);
    let mut sizes = [0, inputs.number(2..=3), inputs.number(4..=5)];
    inputs.shuffle(&mut sizes);
    on_paused_clock!(async {
        for n in sizes {
            mark!("gather of {n} futures that are ready at once");
            let got: ::std::vec::Vec<u64> = gather((first..first + n).map(ready)).await;
            mark!("returned {got:?}");
        }
        mark!("gather of these three gathers");
        let got: ::std::vec::Vec<::std::vec::Vec<u64>> =
            gather(sizes.map(|n| gather((first..first + n).map(ready)))).await;
        mark!("returned {got:?}");
    });
}

/// Many futures, all of them under way before the first is ready; a slow one holds nobody up.
#[check]
fn forty(inputs: &mut Inputs) {
    let factor = inputs.number(2..=9);
    let slow = inputs.size(0..=9);
    let mut pauses: Vec<u64> = (1..=40).collect();
    inputs.shuffle(&mut pauses);
    pauses[slow] = 1000;
    on_paused_clock!(async {
        mark!("gather of 40: number {slow} needs 1s, others ≤ 40ms");
        let start = Instant::now();
        let counters = Arc::new((AtomicUsize::new(0), AtomicUsize::new(0)));
        let futures = pauses.into_iter().enumerate().map(|(i, pause)| {
            let counters = Arc::clone(&counters);
            async move {
                let (started, finished) = &*counters;
                started.fetch_add(1, Relaxed);
                sleep(Duration::from_millis(pause)).await;
                let before = finished.fetch_add(1, Relaxed);
                if before == 0 {
                    mark!("after {:?}: the first is ready, {} have begun", start.elapsed(), started.load(Relaxed));
                }
                if i == slow {
                    mark!("after {:?}: number {i} is ready, {before} before it", start.elapsed());
                }
                factor * i as u64
            }
        });
        let got: ::std::vec::Vec<u64> = gather(futures).await;
        mark!("returned {} values after {:?}:", got.len(), start.elapsed());
        for ten in got.chunks(10) {
            mark!("{ten:?}");
        }
    });
}

probe::main!(slide, lazy, input_order, borrowed, polls, empty, forty);
