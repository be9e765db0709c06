//! Observes lesson 01: who runs a job, in which order, and what becomes of its result.
//!
//! Threads are ordered by gates. Against a right pool nobody waits for time to pass, with one exception: where `every_chance` stands.

mod meeting;
mod own;

use lesson_01::{Fut, Pool, run};
use meeting::{PATIENCE, meet, pass};
use own::{Ticket, Watched, whose_thread};
use probe::{Inputs, ThreadGate, catch, check, every_chance, mark};
use std::any::Any;
use std::cell::Cell;
use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind, panic_any};
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

/// Other threads submit through a shared pool, and so do its own jobs; those stand in line like everybody.
#[check]
fn anybody(inputs: &mut Inputs) {
    let (workers, words) = (inputs.size(1..=3), inputs.words(3));
    let pool = Pool::new(workers);
    mark!("Pool::new({workers}), and a thread for each of {words:?}, which submits");
    let got: ::std::vec::Vec<::std::string::String> = thread::scope(|scope| {
        let pool = &pool;
        let ask = |word: String| scope.spawn(move || pool.submit(move || word + "!").result());
        let asking: Vec<_> = words.into_iter().map(ask).collect();
        asking.into_iter().map(|thread| thread.join().unwrap_or_else(|_| "a panic".to_owned())).collect()
    });
    mark!("results: {got:?}");

    let words = inputs.words(4);
    // Never dropped: its jobs use it to the end.
    let pool: &'static Pool = Box::leak(Box::new(Pool::new(1)));
    mark!("Pool::new(1), busy until a gate opens; then its job submits {:?} and {:?}", words[2], words[3]);
    let (opener, gate) = ThreadGate::closed();
    let (inner, outer) = (words[2..].to_vec(), &words[..2]);
    let job = |word: String| {
        move || {
            mark!("{word:?} runs");
            word
        }
    };
    let busy = pool.submit(move || {
        pass(gate);
        let futs = inner.into_iter().map(|word| pool.submit(job(word))).collect::<Vec<_>>();
        mark!("the job has submitted both");
        futs
    });
    mark!("submit {outer:?}; the gate opens");
    let first: Vec<_> = outer.iter().map(|word| pool.submit(job(word.clone()))).collect();
    opener.open();
    let got: ::std::vec::Vec<::std::string::String> =
        busy.result().into_iter().chain(first).map(|fut| fut.result()).collect();
    mark!("results, those of the job's own first: {got:?}");

    let word = inputs.word();
    mark!("a pool goes to another thread, is given {word:?} there, and dropped");
    let pool = Pool::new(2);
    let there = thread::spawn(move || pool.submit(move || word + "?"));
    match there.join() {
        Ok(fut) => mark!("result: {:?}", fut.result()),
        Err(_) => mark!("that thread panicked"),
    }
}

/// A receipt is asked by whoever has it, wherever that is, and whatever has become of the pool.
#[check]
fn asked_anywhere(inputs: &mut Inputs) {
    let (words, number) = (inputs.words(4), inputs.number(10..=99));
    let pool = Pool::new(2);
    mark!("Pool::new(2), and a job that waits for a gate; another thread asks for its result");
    let ((opener, gate), word) = (ThreadGate::closed(), words[0].clone());
    let fut = pool.submit(move || {
        pass(gate);
        word
    });
    let ((asking, asked), (told, answer)) = (channel(), channel());
    thread::spawn(move || {
        let _ = asking.send(());
        let got: ::std::string::String = fut.result();
        let _ = told.send(got);
    });
    let _ = asked.recv();
    mark!("the gate opens");
    opener.open();
    match answer.recv_timeout(PATIENCE) {
        Ok(got) => mark!("it got {got:?}"),
        Err(_) => mark!("{PATIENCE:?} later it has no result"),
    }

    mark!("a job asks for the result of another one, which has the other worker");
    let ((opener, gate), word) = (ThreadGate::closed(), words[1].clone());
    let fut = pool.submit(move || {
        pass(gate);
        word
    });
    let asks = pool.submit(move || (fut.result(), thread::current().id()));
    opener.open();
    let (got, there): (::std::string::String, _) = asks.result();
    mark!("it got {got:?}, on {}", if there == thread::current().id() { "the caller's thread" } else { "a worker" });

    mark!("three jobs, one of which panics; the pool is dropped before anybody asks");
    let (word, lost) = (words[2].clone(), words[3].clone());
    let first = pool.submit(move || word);
    let second = pool.submit(move || -> u64 { panic!("no {lost} left") });
    let third = pool.submit(move || number);
    drop(pool);
    let got: ::std::result::Result<u64, ::std::string::String> = catch(|| third.result());
    mark!("result of the third: {got:?}");
    let got: ::std::result::Result<u64, ::std::string::String> = catch(|| second.result());
    mark!("result of the second: {got:?}");
    let got: ::std::result::Result<::std::string::String, ::std::string::String> = catch(|| first.result());
    mark!("result of the first: {got:?}");
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

/// A job's panic comes out where its result would have, and nowhere else.
#[check]
fn panics(inputs: &mut Inputs) {
    let pool = Pool::new(1);
    let (word, number) = (inputs.word(), inputs.number(10..=99));
    mark!("Pool::new(1), a job that panics, and one behind it");
    let panicking = pool.submit(move || -> u64 { panic!("no {word} left") });
    let next = pool.submit(move || number);
    let caught: ::std::result::Result<u64, ::std::string::String> = catch(|| panicking.result());
    mark!("result of the first: the caller caught {caught:?}");
    let got: u64 = next.result();
    mark!("result of the second: {got}");

    let word = inputs.word();
    mark!("one more that panics; the pool is dropped before anybody asks");
    let (started, start) = channel();
    let panicking = pool.submit(move || -> u64 {
        let _ = started.send(());
        panic!("no {word} left")
    });
    let _ = start.recv();
    let dropped: ::std::result::Result<(), ::std::string::String> = catch(|| drop(pool));
    mark!("drop(pool): {dropped:?}");
    let caught: ::std::result::Result<u64, ::std::string::String> = catch(|| panicking.result());
    mark!("result: the caller caught {caught:?}");

    let number = inputs.number(10..=99);
    mark!("jobs that panic with a literal, with ticket {number}, with a box that holds {number}, and with nothing");
    let pool = Pool::new(1);
    let literal = pool.submit(|| -> u64 { panic!("no luck") });
    let ticket = pool.submit(move || panic_any(Ticket::number(number)));
    let boxed = pool.submit(move || -> String { panic_any(Box::new(number)) });
    let nothing = pool.submit(|| panic_any(()));
    let caught: ::std::result::Result<u64, ::std::string::String> = catch(|| literal.result());
    mark!("the caller caught {caught:?}");
    let caught = caught_with(|| drop::<()>(ticket.result()));
    mark!("a ticket: {:?}", caught.downcast_ref::<Ticket>().map(|ticket| ticket.0));
    let caught = caught_with(|| drop::<String>(boxed.result()));
    mark!("a box: {:?}", caught.downcast_ref::<Box<u64>>());
    let caught = caught_with(|| drop::<()>(nothing.result()));
    mark!("nothing: {:?}", caught.downcast_ref::<()>());
}

/// What a panic carries; a closure that did not panic leaves a text that says so.
fn caught_with(body: impl FnOnce()) -> Box<dyn Any + Send> {
    catch_unwind(AssertUnwindSafe(body)).err().unwrap_or_else(|| Box::new("it did not panic"))
}

/// Panics cost nobody his worker: not in a row, not on all of them at once, and not those that nobody hears of.
#[check]
fn survives(inputs: &mut Inputs) {
    let n = inputs.size(2..=4);
    mark!("Pool::new({n}), and {n} jobs that wait for one another");
    let pool = Pool::new(n);
    let known = match meet(&pool, n) {
        Ok(threads) => threads,
        Err(why) => {
            mark!("{why}");
            return;
        }
    };
    let (heard, unheard) = (n + inputs.size(1..=3), n + inputs.size(1..=3));
    mark!("{heard} jobs that panic, and {unheard} more whose Fut is dropped");
    let futs: Vec<_> = (0..heard).map(|at| pool.submit(move || -> u64 { panic!("panic {at}") })).collect();
    (0..unheard).for_each(|at| drop(pool.submit(move || -> u64 { panic!("unheard panic {at}") })));
    let got: Vec<::std::result::Result<u64, ::std::string::String>> =
        futs.into_iter().map(|fut| catch(|| fut.result())).collect();
    mark!("results: {got:?}");
    mark!("{n} jobs that wait for one another");
    match catch(|| meet(&pool, n)) {
        Ok(Ok(threads)) => {
            mark!("they meet, on {} threads, {} of them new", threads.len(), threads.difference(&known).count());
        }
        Ok(Err(why)) => mark!("{why}"),
        Err(panic) => mark!("there is no result: {panic}"),
    }
    mark!("one more panics, and the pool is dropped");
    drop(pool.submit(|| -> u64 { panic!("the last panic") }));
    let dropped: ::std::result::Result<(), ::std::string::String> = catch(|| drop(pool));
    mark!("drop(pool): {dropped:?}");
}

/// Nobody has to ask: the job runs, and its worker goes on to the next.
#[check]
fn forgotten(inputs: &mut Inputs) {
    let n = inputs.size(2..=4);
    let pool = Pool::new(1);
    mark!("Pool::new(1), and a job whose Fut is dropped while it waits for a gate");
    let (opener, gate) = ThreadGate::closed();
    let (over, end) = channel();
    drop(pool.submit(move || {
        pass(gate);
        mark!("the forgotten job runs on");
        let _ = over.send(());
    }));
    mark!("the gate opens");
    opener.open();
    let _ = end.recv();
    let word = inputs.word();
    mark!("one more job, which repeats {word:?} {n} times");
    let got: ::std::result::Result<::std::string::String, ::std::string::String> =
        catch(|| pool.submit(move || word.repeat(n)).result());
    match got {
        Ok(got) => mark!("result: {got:?}"),
        Err(_) => mark!("there is no result: nobody ran it"),
    }

    let words = inputs.words(3);
    mark!("submit {words:?}; the first Fut is dropped when its job is over, the second while it runs");
    let (told, over) = channel();
    let kept = [0, 1, 2].map(|at| {
        let ((started, start), (opener, gate)) = (channel(), ThreadGate::closed());
        let (told, word) = (told.clone(), words[at].clone());
        let fut = pool.submit(move || {
            let _ = started.send(());
            if at == 1 {
                pass(gate);
            }
            mark!("{word:?} runs to its end");
            let _ = told.send(());
            word
        });
        (fut, start, opener)
    });
    let [(first, ..), (second, started, opener), (third, ..)] = kept;
    let _ = started.recv_timeout(PATIENCE);
    drop(first);
    drop(second);
    mark!("both Futs are dropped; the gate opens");
    opener.open();
    let got: ::std::result::Result<::std::string::String, ::std::string::String> = catch(|| third.result());
    drop(told);
    mark!("result of the third: {got:?}; {} have run", over.try_iter().count());
}

/// Pools beside each other, and one inside of another's job.
#[check]
fn apart(inputs: &mut Inputs) {
    let (words, number) = (inputs.words(2), inputs.number(10..=99));
    mark!("one = Pool::new(1), whose worker waits for a gate; other = Pool::new(1), given {:?}", words[0]);
    let (one, other) = (Pool::new(1), Pool::new(1));
    let ((opener, gate), (started, start)) = (ThreadGate::closed(), channel());
    let stuck = one.submit(move || {
        let _ = started.send(());
        pass(gate);
        thread::current().id()
    });
    let _ = start.recv_timeout(PATIENCE);
    let ((ran, run), word) = (channel(), words[0].clone());
    let fut = other.submit(move || {
        let _ = ran.send(thread::current().id());
        word
    });
    let got: ::std::string::String = fut.result();
    mark!("result: {got:?}");
    mark!("drop(other), while one's job waits");
    drop(other);
    mark!("dropped; the gate opens");
    opener.open();
    let there = stuck.result();
    mark!("their jobs ran on {}", if run.try_recv() == Ok(there) { "one thread" } else { "two threads" });

    mark!("a job of one makes a pool, gives it {:?} and {number}, and drops it", words[1]);
    let word = words[1].clone();
    let fut = one.submit(move || {
        let inner = Pool::new(2);
        let here = thread::current().id();
        let text = inner.submit(move || (word + "!", thread::current().id() == here));
        let number = inner.submit(move || number);
        let (text, same) = text.result();
        drop(inner);
        (text, number.result(), if same { "that job's own thread" } else { "another thread" })
    });
    let (text, number, whose): (::std::string::String, u64, _) = fut.result();
    mark!("results: {text:?} and {number}, on {whose}");
    mark!("drop(one)");
    drop(one);
    mark!("dropped");
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
