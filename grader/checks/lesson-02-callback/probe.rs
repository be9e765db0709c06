//! Observes lesson 02: when a callback is called, by whom, and that it is called at all.
//!
//! Threads are ordered by gates: against a right crate nobody waits for time to pass.

use lesson_02::{Pool, run};
use probe::{Inputs, OnDrop, Passed, ThreadGate, catch, check, every_chance, mark};
use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::{black_box, spin_loop};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

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

/// The gap between looking for an outcome and leaving a callback is some nanoseconds wide, so that chance finds it too
/// seldom. But who boxes the callback in there allocates: a callback that is heavy enough tells when that happens.
const WEIGHT: usize = 64 << 10;

/// Raised by the caller: the next allocation of that weight is its callback's.
static WEIGHING: AtomicBool = AtomicBool::new(false);
/// The job may end.
static GO: AtomicBool = AtomicBool::new(false);
/// The worker has gone on to the next job.
static GONE_ON: AtomicBool = AtomicBool::new(false);

struct Scales;

#[global_allocator]
static SCALES: Scales = Scales;

// SAFETY: every call goes on to the system's allocator as it came.
unsafe impl GlobalAlloc for Scales {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if layout.size() >= WEIGHT && WEIGHING.swap(false, Ordering::SeqCst) {
            GO.store(true, Ordering::SeqCst);
            every_chance(|| GONE_ON.load(Ordering::SeqCst));
        }
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// A job ends just while its callback is added: in the gap, if there is one, and at many other moments.
///
/// A right crate calls every callback once, however the two meet, and that is all that is marked.
#[check]
fn no_lost_callback(inputs: &mut Inputs) {
    let number = inputs.size(10..=99);
    let pool = Pool::new(1);
    mark!("Pool::new(1), and jobs that return {number} just while their callbacks are added");
    let calls = Arc::new((AtomicUsize::new(0), AtomicUsize::new(0)));
    let callback = || {
        let calls = Arc::clone(&calls);
        move |number: usize| {
            calls.0.fetch_add(1, Ordering::SeqCst);
            calls.1.fetch_add(number, Ordering::SeqCst);
        }
    };
    let mut rounds = 0;
    for _ in 0..3 {
        GO.store(false, Ordering::SeqCst);
        GONE_ON.store(false, Ordering::SeqCst);
        let fut = pool.submit(move || {
            until(&GO);
            number
        });
        drop(pool.submit(|| GONE_ON.store(true, Ordering::SeqCst)));
        let (light, weight) = (callback(), [0u8; WEIGHT]);
        WEIGHING.store(true, Ordering::SeqCst);
        fut.add_done_callback(move |number: usize| {
            black_box(&weight);
            light(number);
        });
        WEIGHING.store(false, Ordering::SeqCst);
        GO.store(true, Ordering::SeqCst);
        settle(&pool);
        rounds += 1;
    }
    // Real time: it bounds how many rounds a slow machine plays; no transcript shows their number.
    let begun = Instant::now();
    while rounds < 500 && begun.elapsed() < Duration::from_millis(100) {
        let (here, go) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
        let (started, may_end) = (Arc::clone(&here), Arc::clone(&go));
        let fut = pool.submit(move || {
            started.store(true, Ordering::SeqCst);
            until(&may_end);
            for _ in 0..rounds * 7 % 400 {
                spin_loop();
            }
            number
        });
        until(&here);
        go.store(true, Ordering::SeqCst);
        fut.add_done_callback(callback());
        rounds += 1;
    }
    drop(pool);
    let (calls, sum) = (calls.0.load(Ordering::SeqCst), calls.1.load(Ordering::SeqCst));
    mark!("the pool is gone, and with it every job");
    mark!("{}", if calls == rounds { "every callback has been called" } else { "some callbacks have not been called" });
    mark!("all that were called were given {number}: {}", sum == number * calls);
}

fn until(flag: &AtomicBool) {
    // Real time: it only ends the wait for a wrong program.
    let begun = Instant::now();
    let mut turns = 0;
    while !flag.load(Ordering::SeqCst) && !GAVE_UP.load(Ordering::SeqCst) {
        turns += 1;
        if turns % 1000 == 0 {
            thread::yield_now();
            if begun.elapsed() > PATIENCE {
                GAVE_UP.store(true, Ordering::SeqCst);
            }
        } else {
            spin_loop();
        }
    }
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

probe::main!(slide, later, at_once, no_lost_callback, submits_again, result, panics);
