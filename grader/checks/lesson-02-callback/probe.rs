//! Observes lesson 02: when a callback is called, and by whom. That it is called whenever the two meet, `explored.rs` holds.
//!
//! Threads are ordered by gates: against a right crate nobody waits for time to pass.

use lesson_02::{Pool, run};
use probe::{Inputs, OnDrop, Passed, ThreadGate, catch, check, mark};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread::{self, ThreadId};
use std::time::Duration;

/// After this nobody waits any longer, and says so: a line tells more than a hang.
const PATIENCE: Duration = Duration::from_secs(2);

static GAVE_UP: AtomicBool = AtomicBool::new(false);

/// Waits at the gate, and says so if it does not open.
fn pass(gate: ThreadGate) {
    if GAVE_UP.load(Ordering::SeqCst) {
        return;
    }
    match gate.pass_within(PATIENCE) {
        Passed::Opened | Passed::Abandoned => {}
        Passed::OpenerIsHere => {
            GAVE_UP.store(true, Ordering::SeqCst);
            mark!("this is the thread that should open the gate, so nobody can");
        }
        Passed::OutOfPatience => {
            GAVE_UP.store(true, Ordering::SeqCst);
            mark!("{PATIENCE:?} later the gate is still closed: whoever should open it must be waiting");
        }
    }
}

/// Waits until the one worker of this pool is done with all that it was given so far.
fn settle(pool: &Pool) {
    let (done, end) = channel();
    drop(pool.submit(move || done.send(())));
    let _ = end.recv_timeout(PATIENCE);
}

fn whose_thread(caller: ThreadId, worker: ThreadId) -> &'static str {
    match thread::current().id() {
        here if here == caller => "the caller's thread",
        here if here == worker => "the thread of the job",
        _ => "a thread that is neither the caller's nor the job's",
    }
}

/// The slide's own call, while the worker has other things to do; `DONE` is printed by `main`.
#[check]
fn slide(_: &mut Inputs) {
    let pool = Pool::new(1);
    let (opener, gate) = ThreadGate::closed();
    drop(pool.submit(move || pass(gate)));
    mark!("the only worker waits for a gate; run(&pool, 2, 3)");
    run(&pool, 2, 3);
    mark!("run has returned; the gate opens, and the pool is dropped");
    opener.open();
    drop(pool);
    mark!("the pool is gone");
}

/// Callbacks that are added while the jobs run: in the order in which these end, each on its job's thread.
#[check]
fn later(inputs: &mut Inputs) {
    let n = inputs.size(2..=4);
    let words = inputs.words(n);
    let caller = thread::current().id();
    let pool = Pool::new(n);
    mark!("Pool::new({n}), and {n} jobs that wait for gates: {words:?}");
    let (called, calls) = channel();
    let mut doors = Vec::new();
    for word in words {
        let (opener, gate) = ThreadGate::closed();
        doors.push((opener, word.clone()));
        let fut = pool.submit(move || {
            pass(gate);
            (word, thread::current().id())
        });
        let called = called.clone();
        fut.add_done_callback(move |(word, worker): (::std::string::String, ThreadId)| {
            mark!("the callback is given {word:?}, on {}", whose_thread(caller, worker));
            let _ = called.send(());
        });
    }
    mark!("each has its callback");
    inputs.shuffle(&mut doors);
    for (opener, word) in doors {
        mark!("the gate of {word:?} opens");
        opener.open();
        if calls.recv_timeout(PATIENCE).is_err() {
            mark!("{PATIENCE:?} later its callback has not been called");
            return;
        }
    }
}

/// Callbacks that are added when the jobs are over: at once, on the caller's thread.
#[check]
fn at_once(inputs: &mut Inputs) {
    let (word, number) = (inputs.word(), inputs.number(10..=99));
    let caller = thread::current().id();
    let pool = Pool::new(1);
    mark!("Pool::new(1), two jobs, which return {word:?} and {number}, and a third");
    let first = pool.submit(move || (word, thread::current().id()));
    let second = pool.submit(move || (number, thread::current().id()));
    settle(&pool);
    mark!("the third is running, so the first two are over");
    mark!("add_done_callback to the second");
    second.add_done_callback(move |(number, worker): (u64, ThreadId)| {
        mark!("the callback is given {number}, on {}", whose_thread(caller, worker));
    });
    mark!("add_done_callback has returned");
    mark!("add_done_callback to the first");
    first.add_done_callback(move |(word, worker): (::std::string::String, ThreadId)| {
        mark!("the callback is given {word:?}, on {}", whose_thread(caller, worker));
    });
    mark!("add_done_callback has returned");
}

/// A callback may do what its caller may: submit jobs, and add callbacks to them.
#[check]
fn submits_again(inputs: &mut Inputs) {
    /// Submits a job that repeats the word once more; its callback does the same, as often as asked.
    fn chain(pool: &'static Pool, word: String, text: String, left: usize, over: Sender<()>) {
        let fut = pool.submit(move || (text + &word, word));
        fut.add_done_callback(move |(text, word): (::std::string::String, ::std::string::String)| {
            mark!("a callback is given {text:?}");
            if left == 0 {
                let _ = over.send(());
            } else {
                mark!("it submits the next job");
                chain(pool, word, text, left - 1, over);
            }
        });
    }

    let (word, more) = (inputs.word(), inputs.size(1..=3));
    // Never dropped: its callbacks use it to the end.
    let pool: &'static Pool = Box::leak(Box::new(Pool::new(1)));
    mark!("Pool::new(1), busy until a gate opens; a job behind it, with a callback");
    let (opener, gate) = ThreadGate::closed();
    drop(pool.submit(move || pass(gate)));
    let (over, end) = channel();
    chain(pool, word.clone(), String::new(), more, over);
    mark!("the gate opens");
    opener.open();
    if end.recv_timeout(PATIENCE).is_err() {
        mark!("{PATIENCE:?} later the last callback has not been called");
        return;
    }

    let (number, caller) = (inputs.number(10..=99), thread::current().id());
    let fut = pool.submit(move || number);
    settle(pool);
    mark!("a callback for a job that is over: it submits one more, and waits for the result");
    fut.add_done_callback(move |number: u64| {
        let got: u64 = pool.submit(move || number * 2).result();
        let whose = if thread::current().id() == caller { "the caller's thread" } else { "another thread" };
        mark!("given {number}, it got {got}, on {whose}");
    });
    mark!("add_done_callback has returned");
}

/// `result` still does what it did in lesson 01, for a job that is over and for one that is not.
#[check]
fn result(inputs: &mut Inputs) {
    let (word, number) = (inputs.word(), inputs.number(10..=99));
    let pool = Pool::new(1);
    mark!("Pool::new(1), and a job that waits for a gate, which opens");
    let (opener, gate) = ThreadGate::closed();
    let text = word.clone();
    let fut = pool.submit(move || {
        pass(gate);
        text
    });
    opener.open();
    let got: ::std::string::String = fut.result();
    mark!("result: {got:?}");

    mark!("two jobs that are over, of which one has panicked");
    let fine = pool.submit(move || number);
    let panicked = pool.submit(move || -> u64 { panic!("no {word} left") });
    settle(&pool);
    let caught: ::std::result::Result<u64, ::std::string::String> = catch(|| panicked.result());
    mark!("result of the one: the caller caught {caught:?}");
    let got: u64 = fine.result();
    mark!("result of the other: {got}");
}

/// Says on which thread it is dropped.
fn kept(caller: ThreadId, worker: ThreadId) -> OnDrop {
    OnDrop::call(move || mark!("it is dropped, on {}", whose_thread(caller, worker)))
}

/// A job that panics has no result to call anybody with; a callback that panics takes no worker along.
#[check]
fn panics(inputs: &mut Inputs) {
    let (word, number) = (inputs.word(), inputs.number(10..=99));
    let caller = thread::current().id();
    let pool = Pool::new(1);
    let (here, worker) = channel();
    drop(pool.submit(move || here.send(thread::current().id())));
    let worker = worker.recv_timeout(PATIENCE).unwrap_or(caller);

    mark!("Pool::new(1), and a job that will panic when its gate opens");
    let (opener, gate) = ThreadGate::closed();
    let lost = word.clone();
    let fut = pool.submit(move || -> u64 {
        pass(gate);
        panic!("no {lost} left")
    });
    let keepsake = kept(caller, worker);
    fut.add_done_callback(move |number: u64| {
        mark!("the callback is given {number}");
        drop(keepsake);
    });
    mark!("it has a callback; the gate opens");
    opener.open();
    settle(&pool);

    let lost = word.clone();
    let fut = pool.submit(move || -> u64 { panic!("no {lost} left") });
    settle(&pool);
    mark!("a job that has panicked; add_done_callback");
    let keepsake = kept(caller, worker);
    let caught: ::std::result::Result<(), ::std::string::String> = catch(|| {
        fut.add_done_callback(move |number: u64| {
            mark!("the callback is given {number}");
            drop(keepsake);
        });
    });
    mark!("add_done_callback: {caught:?}");

    let (opener, gate) = ThreadGate::closed();
    pool.submit(move || pass(gate)).add_done_callback(move |()| {
        mark!("a callback panics, on {}", whose_thread(caller, worker));
        panic!("no {word} left");
    });
    let next = pool.submit(move || number);
    opener.open();
    let got: ::std::result::Result<u64, ::std::string::String> = catch(|| {
        settle(&pool);
        next.result()
    });
    mark!("result of the job behind it: {got:?}");
}

probe::main!(slide, later, at_once, submits_again, result, panics);
