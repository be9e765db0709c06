//! Explored bodies of lesson 01: a pool of threads, and receipts.

use interleave::{Options, Tally, explore, others_alive, promise, wire};
use lesson_01::{Pool, run};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::channel;

/// `result` gets what the job returned, whoever is first, and with workers to spare.
fn result() {
    let pool = Pool::new(2);
    let receipts = [pool.submit(|| 1), pool.submit(|| 2)];
    let results = receipts.map(|receipt| receipt.result());
    promise(results == [1, 2], format_args!("`result` gives what the job returned, not {results:?}"));
}

/// Every job runs once, and `drop` waits for the jobs and for the threads.
fn drop_waits() {
    let runs = [Tally::new(), Tally::new()];
    let pool = Pool::new(2);
    for tally in runs.clone() {
        drop(pool.submit(move || tally.add()));
    }
    drop(pool);
    promise(
        runs.iter().all(|runs| runs.get() == 1),
        format_args!("after the drop each job has run once, not {runs:?}"),
    );
    promise(others_alive() == 0, "after the drop no thread of the pool is left");
}

/// All workers can be busy at once: no lock is held while a job runs.
fn all_at_once() {
    let pool = Pool::new(2);
    let (sender, receiver) = channel();
    let waits = pool.submit(move || receiver.recv());
    let sends = pool.submit(move || sender.send(7));
    promise(waits.result() == Ok(7), "a job can wait for another one");
    promise(sends.result().is_ok(), "the other one too is run");
}

/// A job's panic goes to its receipt; the worker goes on.
fn panics() {
    let pool = Pool::new(1);
    let bad = pool.submit(|| panic!("oh"));
    let good = pool.submit(|| 7);
    let payload = catch_unwind(AssertUnwindSafe(|| bad.result()));
    let said = payload.err().and_then(|payload| payload.downcast_ref::<&str>().map(|said| (*said).to_owned()));
    promise(said.as_deref() == Some("oh"), "the job's own panic comes out of `result`");
    promise(good.result() == 7, "the next job is run");
    drop(pool);
    promise(others_alive() == 0, "after the drop no thread of the pool is left");
}

/// A receipt may outlive its pool, and be dropped.
fn outlives() {
    let pool = Pool::new(1);
    let receipt = pool.submit(|| 7);
    drop(pool.submit(|| 8));
    drop(pool);
    promise(receipt.result() == 7, "a receipt outlives its pool");
}

/// The slide's call prints the sum before it returns.
fn slide() {
    let pool = Pool::new(1);
    run(&pool, 2, 3);
    println!("DONE");
}

const BODIES: &[(&str, fn())] = &[
    ("result", result),
    ("drop-waits", drop_waits),
    ("all-at-once", all_at_once),
    ("panics", panics),
    ("outlives", outlives),
    ("slide", slide),
];

fn main() {
    for (name, body) in BODIES {
        print!("body\t{name}\n{}", wire::write(&explore(Options::default(), body)));
    }
}
