//! Checks of lesson 01 about results that are no values, or that nobody asks for.

use crate::meeting::{PATIENCE, meet, pass};
use crate::own::Ticket;
use lesson_01::Pool;
use probe::{Inputs, ThreadGate, catch, check, mark};
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, panic_any};
use std::sync::mpsc::channel;

/// A job's panic comes out where its result would have, and nowhere else.
#[check]
pub fn panics(inputs: &mut Inputs) {
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
pub fn survives(inputs: &mut Inputs) {
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
pub fn forgotten(inputs: &mut Inputs) {
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
