//! Observes lesson 17: who runs when, on a clock that moves only while everyone waits.

mod waiting;

use lesson_17::{count, gather};
use probe::{Inputs, OnDrop, check, mark, on_paused_clock};
use std::cell::{Cell, RefCell};
use std::future::ready;
use std::marker::PhantomPinned;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout};
use waiting::{Crowd, Gate, Member, Passage, Task};

const SECOND: Duration = Duration::from_secs(1);
const DAY: Duration = Duration::from_secs(24 * 3600);

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

        mark!("an iterator of unknown length, outputs without a trait");
        let mut words = label.chars();
        let unnamed = std::iter::from_fn(|| {
            words.next().map(|letter| async move {
                sleep(SECOND).await;
                Bare(letter, PhantomPinned)
            })
        });
        let got: ::std::vec::Vec<Bare> = gather(unnamed).await;
        mark!("returned {:?} after {:?}", got.into_iter().map(|bare| bare.0).collect::<String>(), start.elapsed());
    });
}

/// An output with which little can be done: no `Clone`, no `Debug`, no `Default`, no `Unpin`.
struct Bare(char, PhantomPinned);

/// A count alone, with pauses from none to weeks; two at once; and one whose caller gives up.
#[check]
fn count_alone(inputs: &mut Inputs) {
    let short = Duration::from_millis(inputs.number(1..=99));
    let mut alone = [Duration::ZERO, short, 70 * SECOND + short, 7000 * SECOND + short, 50 * DAY + short];
    inputs.shuffle(&mut alone);
    on_paused_clock!(async {
        for pause in alone {
            mark!("count({pause:?}).await");
            let start = Instant::now();
            let got: () = count(pause).await;
            mark!("returned {got:?} after {:?}", start.elapsed());
        }
        mark!("gather of count({:?}) and count({short:?})", 2 * short);
        let start = Instant::now();
        let got: ::std::vec::Vec<()> = gather([count(2 * short), count(short)]).await;
        mark!("returned {got:?} after {:?}", start.elapsed());
        mark!("count(2s) for one second, then dropped");
        let given_up = timeout(SECOND, count(2 * SECOND)).await.is_err();
        sleep(3 * SECOND).await;
        mark!("dropped in its pause: {given_up}");
    });
}

/// No runtime: a task that is polled when it was woken, and futures that wake it.
///
/// A future that waits behind another one is missed, a waker that is not handed on is never called, and a future that
/// is polled after it was ready says so. The first of the list is the last to be ready, then the last of it.
#[check]
fn polls(inputs: &mut Inputs) {
    for first_is_last in [true, false] {
        let gates: Vec<Gate> = ('a'..='e').take(inputs.size(4..=5)).map(Gate::closed).collect();
        let mut order: Vec<usize> = (0..gates.len()).collect();
        let last = if first_is_last { 0 } else { gates.len() - 1 };
        order.retain(|place| *place != last);
        inputs.shuffle(&mut order);
        order.push(last);
        if !one_by_one(&gates, &order, first_is_last) {
            return;
        }
    }
}

/// Opens the first gate before the first poll, the second by itself, and so on; the last two together, if asked to.
fn one_by_one(gates: &[Gate], order: &[usize], last_two_together: bool) -> bool {
    let name = |place: &usize| gates[*place].name;
    mark!("gather of {}; gate {} is open already", gates.len(), name(&order[0]));
    gates[order[0]].open();
    let mut gathered = pin!(gather(gates.iter().map(Gate::passage)));
    let task = Arc::new(Task { woken: AtomicBool::new(true) });
    let mut closed = &order[1..];
    loop {
        match task.settle(gathered.as_mut()) {
            None => return false,
            Some(Poll::Ready(got)) => {
                let got: ::std::vec::Vec<char> = got;
                mark!("returned {got:?}");
                return true;
            }
            Some(Poll::Pending) if closed.is_empty() => {
                mark!("not ready, though all of them are");
                return false;
            }
            Some(Poll::Pending) => {}
        }
        let many = if closed.len() == 2 && last_two_together { 2 } else { 1 };
        // In the order of the list: who polls only those that were woken polls them in the order of the wakes.
        let mut opening = closed[..many].to_vec();
        opening.sort_unstable();
        mark!("asleep; opens: {:?}", opening.iter().map(name).collect::<Vec<_>>());
        opening.into_iter().for_each(|place| gates[place].open());
        closed = &closed[many..];
        if !task.woken.load(Relaxed) {
            mark!("nobody wakes the task");
            return false;
        }
        // The last one is ready in this very poll, and `gather` with it.
        if closed.is_empty() {
            let polled: Poll<::std::vec::Vec<char>> = task.poll(gathered.as_mut());
            mark!("polled: {polled:?}");
            return polled.is_ready();
        }
    }
}

/// Who is woken, and from where: the task that polled last, by another thread, by a future that is not ready yet, by one
/// that wakes in the middle of its own poll, and by wakers that outlive it all.
#[check]
fn wakes(inputs: &mut Inputs) {
    let mut gates: Vec<Gate> = ('a'..='d').map(Gate::closed).collect();
    let restless = inputs.size(0..=3);
    gates[restless].wakes_itself = true;
    let mut order: Vec<usize> = (0..4).collect();
    inputs.shuffle(&mut order);
    let tasks: [Arc<Task>; 3] = Default::default();
    let woken = |number: usize| if tasks[number].woken.load(Relaxed) { "is woken" } else { "is not woken" };
    let mut gathered = pin!(gather(gates.iter().map(Gate::passage)));

    mark!("task 1 polls; {} wakes in the middle of its poll", gates[restless].name);
    let _ = tasks[0].poll(gathered.as_mut());
    mark!("task 1 {}", woken(0));
    let mut open = order.iter().map(|place| &gates[*place]);
    for (number, task) in tasks.iter().enumerate() {
        // `FuturesUnordered` may have a wake of its own left over: it goes first.
        for _ in 0..3 {
            let _ = task.poll(gathered.as_mut());
        }
        mark!("task {} has polled, and {}", number + 1, woken(number));
        let Some(gate) = open.next() else { return };
        mark!("{} calls its waker twice, and is still shut", gate.name);
        gate.wake();
        gate.wake();
        mark!("task {} {}", number + 1, woken(number));
        let _ = task.settle(gathered.as_mut());
        mark!("{} opens, on another thread", gate.name);
        let gate = gate.clone();
        let _ = thread::spawn(move || gate.open()).join();
        mark!("task {} {}", number + 1, woken(number));
        let _ = task.settle(gathered.as_mut());
    }
    open.for_each(Gate::open);
    let got: Poll<::std::vec::Vec<char>> = tasks[2].poll(gathered.as_mut());
    mark!("the last gate opens; polled: {got:?}");
    gates.iter().for_each(Gate::wake);
    mark!("every waker is called once more");
}

/// A task that is polled inside of its own wake, as an executor may do that runs what it can at once.
#[check]
fn polled_in_wake(inputs: &mut Inputs) {
    thread_local! {
        static RUNNING: RefCell<Option<Pin<Box<dyn Future<Output = Vec<char>>>>>> = const { RefCell::new(None) };
        static AGAIN: Cell<bool> = const { Cell::new(false) };
    }

    struct AtOnce;

    impl Wake for AtOnce {
        fn wake(self: Arc<Self>) {
            AGAIN.set(true);
            RUNNING.with(|running| {
                // It is being polled just now: it will be again.
                let Ok(mut running) = running.try_borrow_mut() else { return };
                for _ in 0..3 {
                    let Some(gathered) = running.as_mut().filter(|_| AGAIN.replace(false)) else { return };
                    let waker = Waker::from(Arc::clone(&self));
                    if let Poll::Ready(got) = gathered.as_mut().poll(&mut Context::from_waker(&waker)) {
                        mark!("returned {got:?}");
                        *running = None;
                    }
                }
            });
        }
    }

    let gates: Vec<Gate> = ('a'..='c').map(Gate::closed).collect();
    let mut order = [0, 1, 2];
    inputs.shuffle(&mut order);
    let passages: Vec<Passage> = gates.iter().map(Gate::passage).collect();
    mark!("gather of 3, polled inside of each wake");
    RUNNING.set(Some(Box::pin(gather(passages))));
    Arc::new(AtOnce).wake();
    for place in order {
        mark!("{} opens", gates[place].name);
        gates[place].open();
    }
    mark!("all gates are open");
}

/// From one future to very many: all of them are polled in the first poll, in order, and none after it was ready.
/// Every other one is ready in one poll, the rest in the next.
#[check]
fn many(inputs: &mut Inputs) {
    let mut sizes = [1, 2, 31, 65, 300, 100_000];
    inputs.shuffle(&mut sizes);
    let rest = inputs.size(0..=1);
    for size in sizes {
        let crowd = Crowd::default();
        mark!("gather of {size}");
        let mut gathered = pin!(gather((0..size).map(|number| Member { number, of: &crowd, is_over: false })));
        let task = Arc::new(Task::default());
        let _ = task.poll(gathered.as_mut());
        mark!("after the first poll, {} have begun", crowd.begun.get());
        // Whoever wakes itself has its turn before the gate opens.
        let _ = task.poll(gathered.as_mut());
        crowd.open(|number| number % 2 != rest);
        let mut polled = task.poll(gathered.as_mut());
        // One future is all there is: whether it is ready now depends on whose turn came first.
        if size > 1 && polled.is_ready() {
            mark!("ready, though {} are waiting", size / 2);
        }
        crowd.open(|number| number % 2 == rest);
        if polled.is_pending() {
            polled = task.poll(gathered.as_mut());
        }
        match polled {
            Poll::Pending => mark!("all are ready, and gather is not"),
            Poll::Ready(got) => {
                let got: ::std::vec::Vec<usize> = got;
                let misplaced = got.iter().enumerate().find(|(place, number)| place != *number);
                mark!("returned {} values, out of place: {misplaced:?}", got.len());
            }
        }
        if crowd.has_complained.get() {
            return;
        }
    }
}

/// Two gathers at a time: one is dropped half way, and lets go of everything; the other one goes on. Another one is
/// dropped before it was polled.
#[check]
fn dropped(inputs: &mut Inputs) {
    let gone: Arc<Mutex<Vec<String>>> = Arc::default();
    let all_gone = || {
        let mut names = std::mem::take(&mut *gone.lock().expect("nobody panics with it"));
        names.sort();
        names
    };
    let held = |name: String| {
        let gone = Arc::clone(&gone);
        OnDrop::call(move || gone.lock().expect("nobody panics with it").push(name))
    };
    let gates: Vec<Gate> = ('a'..='f').map(Gate::closed).collect();
    let held = &held;
    let some = |gates: &[Gate]| -> Vec<_> {
        gates
            .iter()
            .map(|gate| {
                let (passage, future) = (gate.passage(), held(format!("future {}", gate.name)));
                async move {
                    let name = passage.await;
                    drop(future);
                    held(format!("output {name}"))
                }
            })
            .collect()
    };

    mark!("gather of a and b, dropped before it was polled");
    drop(gather(some(&gates[..2])));
    mark!("gone: {:?}", all_gone());

    let tasks: [Arc<Task>; 2] = Default::default();
    let (mut left, mut right) = (Box::pin(gather(some(&gates[..3]))), Box::pin(gather(some(&gates[3..]))));
    let mut order = [0, 1, 2];
    inputs.shuffle(&mut order);
    let [first, second, third] = order;
    mark!("gather of a, b, c and gather of d, e, f are polled by turns");
    for place in [None, Some(first), Some(second)] {
        if let Some(place) = place {
            gates[place].open();
            gates[3 + place].open();
        }
        let _ = tasks[0].poll(left.as_mut());
        let _ = tasks[1].poll(right.as_mut());
    }
    mark!("gone: {:?}", all_gone());
    mark!("the one is dropped");
    drop(left);
    mark!("gone: {:?}", all_gone());
    gates[third].open();
    gates[3 + third].open();
    if let Poll::Ready(got) = tasks[1].poll(right.as_mut()) {
        let got: ::std::vec::Vec<OnDrop> = got;
        drop(right);
        mark!("the other one returned {} outputs; gone: {:?}", got.len(), all_gone());
        got.into_iter().for_each(drop);
    }
    mark!("in the end: {:?}", all_gone());
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

probe::main!(
    slide,
    lazy,
    count_alone,
    input_order,
    borrowed,
    polls,
    wakes,
    polled_in_wake,
    many,
    dropped,
    empty,
    forty,
);
