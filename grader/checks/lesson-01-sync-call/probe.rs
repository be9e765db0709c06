//! Observes lesson 01: who runs a job, in which order, and what becomes of its result.
//!
//! Threads are ordered by gates. Against a right pool nobody waits for time to pass, with one exception: where `every_chance` stands.

mod meeting;
mod outcomes;
mod own;
mod pools;

use lesson_01::{Fut, Pool, run};
use meeting::{meet, pass};
use outcomes::{forgotten, panics, survives};
use own::{Ticket, Watched, whose_thread};
use pools::{anybody, apart, asked_anywhere};
use probe::{Inputs, ThreadGate, catch, check, every_chance, mark};
use std::any::Any;
use std::cell::Cell;
use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{TryRecvError, channel};
use std::sync::{Arc, Mutex};
use std::thread::{self, ThreadId};

/// The slide's own call; `DONE` is printed by `main`.
#[check]
fn slide(_: &mut Inputs) {
    mark!("run(&Pool::new(8), 2, 3)");
    run(&Pool::new(8), 2, 3);
    mark!("run has returned");
}

/// Neither a job nor the slide's sum is computed on the thread that asks for it.
#[check]
fn on_a_worker(inputs: &mut Inputs) {
    let caller = Some(thread::current().id());
    let workers = inputs.size(1..=8);
    let pool = Pool::new(workers);

    let (x, y) = (inputs.signed(-99..=99), inputs.signed(2..=9));
    mark!("Pool::new({workers}), and a job that multiplies {x} by {y}");
    let fut = pool.submit(move || {
        mark!("the job runs on {}", whose_thread(caller));
        x * y
    });
    let got: i64 = fut.result();
    mark!("result: {got}");

    let (x, y) = (inputs.signed(-99..=99), inputs.signed(-99..=99));
    mark!("run(&pool, {x}, {y})");
    run(&pool, Watched { value: x, caller }, Watched { value: y, caller });
    mark!("run has returned");
    let (x, y) = (inputs.signed(-99..=99), inputs.number(0..=9));
    mark!("run(&pool, {x}.5, 0.{y})");
    run(&pool, x as f64 + 0.5, y as f64 / 10.0);
    mark!("run has returned");
}

/// One worker runs its jobs in the order in which they were submitted, whatever the order of asking.
#[check]
fn fifo(inputs: &mut Inputs) {
    let n = inputs.size(3..=5);
    let words = inputs.words(n);
    mark!("Pool::new(1), whose worker is busy until a gate opens");
    let pool = Pool::new(1);
    let (opener, gate) = ThreadGate::closed();
    let (ran, runs) = channel();
    let ran_here = ran.clone();
    let busy = pool.submit(move || {
        pass(gate);
        let _ = ran_here.send(thread::current().id());
    });
    mark!("submit {words:?}");
    let submit = |word: String| {
        let ran = ran.clone();
        pool.submit(move || {
            mark!("{word:?} runs");
            let _ = ran.send(thread::current().id());
            word
        })
    };
    let futs: Vec<_> = words.into_iter().map(submit).collect();
    mark!("the gate opens");
    opener.open();
    let got: ::std::vec::Vec<::std::string::String> = futs.into_iter().rev().map(|fut| fut.result()).collect();
    mark!("results, asked for from the last to the first: {got:?}");
    let () = busy.result();
    let threads: HashSet<ThreadId> = runs.try_iter().collect();
    mark!("threads that ran a job: {}", threads.len());

    let words = inputs.words(n);
    mark!("Pool::new(2), whose workers wait for a gate each");
    let pool = Pool::new(2);
    let ((opener, gate), (never, shut)) = (ThreadGate::closed(), ThreadGate::closed());
    let stuck = pool.submit(move || pass(shut));
    let busy = pool.submit(move || pass(gate));
    mark!("submit {words:?}; one gate opens");
    let submit = |word: String| pool.submit(move || mark!("{word:?} runs"));
    let futs: Vec<_> = words.into_iter().map(submit).collect();
    opener.open();
    for fut in futs {
        let () = fut.result();
    }
    mark!("the other gate opens");
    never.open();
    let ((), ()) = (stuck.result(), busy.result());
}

/// A queue has no end that a submitter could run into, and keeps its order.
#[check]
fn never_waits(inputs: &mut Inputs) {
    let jobs = 70_000 + inputs.size(0..=999);
    mark!("Pool::new(1), whose worker waits for a gate");
    let pool = Pool::new(1);
    let (opener, gate) = ThreadGate::closed();
    drop(pool.submit(move || pass(gate)));
    mark!("submit {jobs} jobs");
    let (done, in_order) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    for at in 0..jobs {
        let (done, in_order) = (Arc::clone(&done), Arc::clone(&in_order));
        drop(pool.submit(move || {
            if done.fetch_add(1, Ordering::SeqCst) == at {
                in_order.fetch_add(1, Ordering::SeqCst);
            }
        }));
    }
    let last = pool.submit(move || done.load(Ordering::SeqCst));
    mark!("the gate opens");
    opener.open();
    let ran: usize = last.result();
    mark!("a job behind them has seen {ran} run, {} of them in their place", in_order.load(Ordering::SeqCst));
}

/// Values of any type go there and come back, if they may cross over to another thread.
#[check]
fn any_type(inputs: &mut Inputs) {
    let pool = Pool::new(2);
    let (word, number, letters) = (inputs.word(), inputs.number(10..=99), inputs.word());
    let ticket = Ticket::number(number);
    mark!("Pool::new(2), and jobs given {word:?}, ticket {number}, {letters:?}, and nothing");
    let string = pool.submit(move || word + "!");
    let same_ticket = pool.submit(move || ticket);
    let vec = pool.submit(move || letters.chars().rev().collect());
    let nothing = pool.submit(|| ());
    let got: () = nothing.result();
    mark!("nothing: {got:?}");
    let got: ::std::vec::Vec<char> = vec.result();
    mark!("a Vec<char>: {got:?}");
    let got: Ticket = same_ticket.result();
    mark!("a type without Clone, Default, Debug or Unpin: ticket {}", got.0);
    let got: ::std::string::String = string.result();
    mark!("a String: {got:?}");

    let (word, number) = (inputs.word(), inputs.number(10..=99));
    mark!(
        "jobs that return a Cell, an Err, a boxed text, a closure, a receipt and 100 kB, given {word:?} and {number}"
    );
    let cell = Cell::new(number);
    let cell = pool.submit(move || Cell::new(cell.take() + 1));
    let got: ::std::cell::Cell<u64> = cell.result();
    mark!("a type without Sync: {}", got.get());
    let text = word.clone();
    let err = pool.submit(move || Err(text));
    let got: ::std::result::Result<u64, ::std::string::String> = err.result();
    mark!("an Err that is a value: {got:?}");
    let text = word.clone();
    let boxed = pool.submit(move || -> Box<dyn Any + Send> { Box::new(text) });
    let got: ::std::result::Result<::std::string::String, ::std::string::String> =
        catch(|| boxed.result()).map(probe::message);
    mark!("a boxed message that is a value: {got:?}");
    let closure = pool.submit(move || -> Box<dyn FnOnce() -> String + Send> { Box::new(move || word + "?") });
    let got: ::std::boxed::Box<dyn ::std::ops::FnOnce() -> ::std::string::String + ::std::marker::Send> =
        closure.result();
    mark!("a closure, called: {:?}", got());
    let other = Pool::new(1);
    let receipt = pool.submit(move || other.submit(move || number));
    let inner: Fut<u64> = receipt.result();
    let got: u64 = inner.result();
    mark!("a receipt's result: {got}");
    let large = pool.submit(move || [number as u8; 100_000]);
    let got: [u8; 100_000] = large.result();
    mark!("of 100000 bytes so many are {number}: {}", got.iter().filter(|&&byte| u64::from(byte) == number).count());
}

/// So many workers are so many threads: all at once, the same ones again, and no job waits while one of them is free.
#[check]
fn workers(inputs: &mut Inputs) {
    let n = inputs.size(2..=4);
    let pool = Pool::new(n);
    let mut known = HashSet::new();
    for which in [format!("Pool::new({n}), and {n} jobs"), format!("{n} more jobs")] {
        mark!("{which} that wait for one another");
        match meet(&pool, n) {
            Ok(threads) => {
                mark!("they meet, on {} threads, {} of them new", threads.len(), threads.difference(&known).count());
                known.extend(threads);
            }
            Err(why) => {
                mark!("{why}");
                return;
            }
        }
    }
    let many = 33 + inputs.size(0..=7);
    mark!("Pool::new({many}), and {many} jobs that wait for one another");
    match meet(&Pool::new(many), many) {
        Ok(threads) => mark!("they meet, on {} threads", threads.len()),
        Err(why) => {
            mark!("{why}");
            return;
        }
    }

    let (opener, gate) = ThreadGate::closed();
    let numbers: Vec<u64> = (0..3 * n).map(|_| inputs.number(10..=99)).collect();
    mark!("a job that waits for a gate, and {} jobs that wait for nothing", numbers.len());
    let stuck = pool.submit(move || pass(gate));
    let futs: Vec<_> = numbers.into_iter().map(|number| pool.submit(move || number)).collect();
    let got: ::std::vec::Vec<u64> = futs.into_iter().map(|fut| fut.result()).collect();
    mark!("their results: {got:?}");
    mark!("the gate opens");
    opener.open();
    let () = stuck.result();
}

/// A pool with nobody to run its jobs is refused when it is made.
#[check]
fn no_workers(inputs: &mut Inputs) {
    let mut sizes = [0, 1, inputs.size(2..=9), 0];
    inputs.shuffle(&mut sizes);
    for n in sizes {
        mark!("Pool::new({n})");
        let pool = match catch(|| Pool::new(n)) {
            Ok(pool) => pool,
            Err(_) => {
                mark!("panicked");
                continue;
            }
        };
        mark!("returned a pool; a job is submitted, and the pool dropped");
        let (ran, run) = channel();
        let caller = Some(thread::current().id());
        if let Err(why) = catch(|| drop(pool.submit(move || drop(ran.send(whose_thread(caller)))))) {
            mark!("submit panicked: {why}");
        }
        drop(pool);
        match run.try_recv() {
            Ok(whose) => mark!("the job has run, on {whose}"),
            Err(_) => mark!("the job has not run"),
        }
    }
}

/// The end of a pool: nothing of what it took on is left behind, neither the job under way nor those in the queue.
#[check]
fn drop_joins(inputs: &mut Inputs) {
    let n = inputs.size(2..=3);
    let words = inputs.words(n);
    mark!("Pool::new(1), a job under way, and {words:?} behind it");
    let pool = Pool::new(1);
    let ((started, start), (opener, gate), (left, leaving)) = (channel(), ThreadGate::closed(), channel());
    let under_way = pool.submit(move || {
        let _ = started.send(());
        pass(gate);
        every_chance(|| leaving.try_recv() != Err(TryRecvError::Empty));
        mark!("the job under way ends");
    });
    let futs: Vec<_> = words
        .into_iter()
        .map(|word| {
            pool.submit(move || {
                mark!("{word:?} runs");
                word + "!"
            })
        })
        .collect();
    let _ = start.recv();
    mark!("drop(pool)");
    opener.open();
    drop(pool);
    mark!("drop has returned");
    let _ = left.send(());
    let _ = catch(|| under_way.result());
    let got: ::std::vec::Vec<::std::result::Result<::std::string::String, ::std::string::String>> =
        futs.into_iter().map(|fut| catch(|| fut.result())).collect();
    mark!("results, asked for after that: {got:?}");

    let n = inputs.size(2..=5);
    mark!("Pool::new({n}), dropped without a job");
    drop(Pool::new(n));
    let words = inputs.words(n);
    let ran = Arc::new(Mutex::new(Vec::new()));
    mark!("Pool::new(1), given {words:?}; its owner panics");
    let (left, leaving) = channel();
    let caught: ::std::result::Result<(), ::std::string::String> = catch(|| {
        let pool = Pool::new(1);
        drop(pool.submit(move || every_chance(|| leaving.try_recv() != Err(TryRecvError::Empty))));
        for word in &words {
            let (word, ran) = (word.clone(), Arc::clone(&ran));
            drop(pool.submit(move || ran.lock().expect("nobody panics with it").push(word)));
        }
        panic!("no {} left", words[0]);
    });
    let _ = left.send(());
    let ran = ran.lock().expect("nobody panics with it");
    mark!("caught: {caught:?}; by then have run {ran:?}");
}

probe::main!(
    slide,
    on_a_worker,
    fifo,
    never_waits,
    any_type,
    workers,
    no_workers,
    anybody,
    asked_anywhere,
    drop_joins,
    panics,
    survives,
    forgotten,
    apart
);
