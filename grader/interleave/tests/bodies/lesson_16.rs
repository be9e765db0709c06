//! Explored bodies of lesson 16: wakes from other threads, at every moment.

use interleave::{Options, Tally, explore, promise, wait_until_idle, wire};
use lesson_16::{Executor, block_on};
use std::future::poll_fn;
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};
use std::thread;

/// A future that is ready when it was opened, leaves its waker until then, and is polled only when it was woken.
#[derive(Clone, Default)]
struct Gate(Arc<Mutex<(bool, Option<Waker>)>>);

impl Gate {
    fn open(&self) {
        let waker = {
            let mut state = self.0.lock().expect("nobody panics with it");
            state.0 = true;
            state.1.take()
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    async fn pass(self) {
        poll_fn(|cx| {
            let mut state = self.0.lock().expect("nobody panics with it");
            if state.0 {
                return Poll::Ready(());
            }
            let was_left = state.1.replace(cx.waker().clone()).is_some();
            drop(state);
            promise(!was_left, "a future is polled only if its waker was called");
            Poll::Pending
        })
        .await;
    }
}

/// A wake before the poll, during it, before the thread falls asleep, and later.
fn wakes() {
    let gate = Gate::default();
    let opens = gate.clone();
    thread::spawn(move || opens.open());
    block_on(gate.pass());
}

/// Two wakes, one after the other, each of which asks for one more poll.
fn two_wakes() {
    let gates = [Gate::default(), Gate::default()];
    let opens = gates.clone();
    thread::spawn(move || opens.iter().for_each(Gate::open));
    block_on(async {
        for gate in gates {
            gate.pass().await;
        }
    });
}

/// A wake during the poll, by a thread that is gone by then; and the poll parks, so that the unpark is used up.
fn parks_itself() {
    let mut polls = 0;
    block_on(poll_fn(move |cx| {
        polls += 1;
        if polls == 2 {
            return Poll::Ready(());
        }
        let waker = cx.waker().clone();
        let woken = thread::spawn(move || waker.wake()).join();
        promise(woken.is_ok(), "a waker does not panic");
        thread::current().unpark();
        thread::park();
        Poll::Pending
    }));
}

/// No lock is held while a task is polled: it yields, and waits for a thread that wakes it.
fn wakes_while_polled() {
    let mut executor = Executor::new();
    let mut polls = 0;
    executor.spawn(poll_fn(move |cx| {
        polls += 1;
        if polls == 3 {
            return Poll::Ready(());
        }
        let waker = cx.waker().clone();
        let woken = thread::spawn(move || waker.wake()).join();
        promise(woken.is_ok(), "a waker does not panic");
        Poll::Pending
    }));
    promise(executor.run_ready() == 0, "a wake during the poll makes one more");
}

/// An unpark that is nobody's wake does not make a poll.
fn stray_unpark() {
    let gate = Gate::default();
    let opens = gate.clone();
    let sleeper = thread::current();
    thread::spawn(move || {
        sleeper.unpark();
        opens.open();
    });
    block_on(gate.pass());
}

/// While nobody wakes it, the thread sleeps.
fn block_on_sleeps() {
    let gate = Gate::default();
    let opens = gate.clone();
    thread::spawn(move || {
        wait_until_idle();
        opens.open();
    });
    block_on(gate.pass());
}

/// `mainloop` ends when a thread has opened all gates.
fn mainloop() {
    let gates = [Gate::default(), Gate::default()];
    let mut executor = Executor::new();
    let ends = Tally::new();
    for gate in gates.clone() {
        let ends = ends.clone();
        executor.spawn(async move {
            gate.pass().await;
            ends.add();
        });
    }
    thread::spawn(move || gates.iter().for_each(Gate::open));
    executor.mainloop();
    promise(ends.get() == 2, "mainloop ends when all tasks are over");
}

/// While all tasks sleep, so does `mainloop`.
fn mainloop_sleeps() {
    let gates = [Gate::default(), Gate::default()];
    let mut executor = Executor::new();
    for gate in gates.clone() {
        executor.spawn(gate.pass());
    }
    thread::spawn(move || {
        for gate in gates {
            wait_until_idle();
            gate.open();
        }
    });
    executor.mainloop();
}

/// A wake while `run_ready` returns is there at the next one.
fn run_ready_returns() {
    let gate = Gate::default();
    let mut executor = Executor::new();
    executor.spawn(gate.clone().pass());
    let opens = gate.clone();
    let thread = thread::spawn(move || opens.open());
    executor.run_ready();
    promise(thread.join().is_ok(), "a waker does not panic");
    promise(executor.run_ready() == 0, "a wake is kept for the next `run_ready`");
}

/// Wakers that come after the end of their task, or of the executor.
fn late_wakes() {
    let left: Arc<Mutex<Vec<Waker>>> = Arc::default();
    let mut executor = Executor::new();
    for ends in [true, false] {
        let left = Arc::clone(&left);
        executor.spawn(poll_fn(move |cx| {
            left.lock().expect("nobody panics with it").push(cx.waker().clone());
            if ends { Poll::Ready(()) } else { Poll::Pending }
        }));
    }
    executor.run_ready();
    let wakers = std::mem::take(&mut *left.lock().expect("nobody panics with it"));
    let thread = thread::spawn(move || wakers.into_iter().for_each(Waker::wake));
    executor.run_ready();
    drop(executor);
    promise(thread.join().is_ok(), "a waker that comes too late does not panic");
}

/// Two threads wake one task: it is polled for each wake that comes after the poll before, and once for many.
fn two_wakers() {
    let waker: Arc<Mutex<Option<Waker>>> = Arc::default();
    let polls = Tally::new();
    let mut executor = Executor::new();
    let (left, count) = (Arc::clone(&waker), polls.clone());
    executor.spawn(poll_fn(move |cx| {
        count.add();
        *left.lock().expect("nobody panics with it") = Some(cx.waker().clone());
        Poll::Pending
    }));
    executor.run_ready();
    let waker = waker.lock().expect("nobody panics with it").take().expect("it was polled");
    let threads = [waker.clone(), waker].map(|waker| thread::spawn(move || waker.wake()));
    executor.run_ready();
    for thread in threads {
        promise(thread.join().is_ok(), "a waker does not panic");
    }
    executor.run_ready();
    promise((2..=3).contains(&polls.get()), format_args!("two wakes make one or two polls, not {}", polls.get() - 1));
}

const BODIES: &[(&str, fn())] = &[
    ("wakes", wakes),
    ("two-wakes", two_wakes),
    ("parks-itself", parks_itself),
    ("wakes-while-polled", wakes_while_polled),
    ("stray-unpark", stray_unpark),
    ("block-on-sleeps", block_on_sleeps),
    ("mainloop", mainloop),
    ("mainloop-sleeps", mainloop_sleeps),
    ("run-ready-returns", run_ready_returns),
    ("late-wakes", late_wakes),
    ("two-wakers", two_wakers),
];

fn main() {
    for (name, body) in BODIES {
        print!("body\t{name}\n{}", wire::write(&explore(Options::default(), body)));
    }
}
