//! Explores lesson 16: another thread wakes at every moment there is.

use interleave::{Tally, promise, wait_until_idle};
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
            promise(!was_left, "a future is polled only if its waker was called | фьючерс опрашивают, только если его будильник включали");
            Poll::Pending
        })
        .await;
    }
}

/// Two wakes, one after the other, and an unpark that is nobody's: each before a poll, during it, or later.
fn wake_any_time() {
    let gates = [Gate::default(), Gate::default()];
    let opens = gates.clone();
    let sleeper = thread::current();
    thread::spawn(move || {
        opens[0].open();
        sleeper.unpark();
        opens[1].open();
    });
    block_on(async {
        for gate in gates {
            gate.pass().await;
        }
    });
}

/// `mainloop` sleeps while all tasks do, and ends when a thread has opened all gates.
fn mainloop_wakes() {
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
    thread::spawn(move || {
        wait_until_idle();
        gates.iter().for_each(Gate::open);
    });
    executor.mainloop();
    promise(ends.get() == 2, "mainloop ends when all tasks are over | mainloop кончается, когда кончились все задачи");
}

probe::explored!(wake_any_time, mainloop_wakes);
