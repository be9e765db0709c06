//! Checks of lesson 01 with more than one thread around a pool, or more than one pool.

use crate::meeting::{PATIENCE, pass};
use lesson_01::Pool;
use probe::{Inputs, ThreadGate, catch, check, mark};
use std::sync::mpsc::channel;
use std::thread;

/// Other threads submit through a shared pool, and so do its own jobs; those stand in line like everybody.
#[check]
pub fn anybody(inputs: &mut Inputs) {
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
pub fn asked_anywhere(inputs: &mut Inputs) {
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

/// Pools beside each other, and one inside of another's job.
#[check]
pub fn apart(inputs: &mut Inputs) {
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
