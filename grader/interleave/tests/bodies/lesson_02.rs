//! Explored bodies of lesson 02: a callback and a result that meet.

use interleave::{Options, Tally, explore, others_alive, promise, wire};
use lesson_02::{Pool, run};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::channel;

/// Called once, with the result, however the two meet.
fn called_once() {
    let calls = Tally::new();
    let pool = Pool::new(1);
    let count = calls.clone();
    pool.submit(|| 7).add_done_callback(move |it| {
        promise(it == 7, "the callback is given the result");
        count.add();
    });
    drop(pool);
    promise(calls.get() == 1, format_args!("the callback is called once, not {calls:?} times"));
    promise(others_alive() == 0, "after the drop no thread of the pool is left");
}

/// Two of them, and two workers.
fn each_called_once() {
    let calls = [Tally::new(), Tally::new()];
    let pool = Pool::new(2);
    for count in calls.clone() {
        pool.submit(|| ()).add_done_callback(move |()| count.add());
    }
    drop(pool);
    promise(calls.iter().all(|calls| calls.get() == 1), format_args!("each callback is called once, not {calls:?}"));
}

/// `add_done_callback` never waits for the job.
fn does_not_wait() {
    let pool = Pool::new(1);
    let (sender, receiver) = channel();
    let calls = Tally::new();
    let count = calls.clone();
    let fut = pool.submit(move || receiver.recv().is_ok());
    fut.add_done_callback(move |_| count.add());
    promise(sender.send(()).is_ok(), "the job waits until the callback is left");
    drop(pool);
    promise(calls.get() == 1, format_args!("the callback is called once, not {calls:?} times"));
}

/// No lock is held while a callback runs: it submits, adds callbacks, and lets other jobs go on.
fn callback_is_free() {
    let pool: &'static Pool = Box::leak(Box::new(Pool::new(1)));
    let (sender, receiver) = channel();
    pool.submit(|| 1).add_done_callback(move |one| {
        pool.submit(move || one + 1).add_done_callback(move |two| {
            let _ = sender.send(two);
        });
    });
    promise(receiver.recv() == Ok(2), "a callback's own job has its callback called");
}

/// No lock is held while a job or a callback runs: one can wait for another.
fn others_go_on() {
    let pool = Pool::new(2);
    let (sender, receiver) = channel();
    let (done, over) = channel();
    let fut = pool.submit(|| ());
    drop(pool.submit(move || sender.send(())));
    fut.add_done_callback(move |()| {
        let _ = receiver.recv();
        let _ = done.send(());
    });
    promise(over.recv().is_ok(), "a callback can wait for another job");
}

/// `result` never hangs, and gives what the job returned.
fn result() {
    let pool = Pool::new(1);
    let fut = pool.submit(|| 7);
    promise(fut.result() == 7, "`result` gives what the job returned");
}

/// A job that panicked: the callback is dropped, uncalled; `result` panics as well; the worker goes on.
fn panics() {
    struct Dropped(Tally);

    impl Drop for Dropped {
        fn drop(&mut self) {
            self.0.add();
        }
    }

    let (calls, drops) = (Tally::new(), Tally::new());
    let pool = Pool::new(1);
    let (count, dropped) = (calls.clone(), Dropped(drops.clone()));
    let fut = pool.submit(|| -> () { panic!("oh") });
    fut.add_done_callback(move |()| {
        let _dropped = dropped;
        count.add();
    });
    let bad = pool.submit(|| -> () { panic!("oh") });
    promise(catch_unwind(AssertUnwindSafe(|| bad.result())).is_err(), "the job's panic goes on in `result`");
    promise(pool.submit(|| 7).result() == 7, "the next job is run");
    drop(pool);
    promise(calls.get() == 0, "after a panic the callback is not called");
    promise(drops.get() == 1, "after a panic the callback is dropped");
}

/// A callback's panic takes no worker along.
fn callback_panics() {
    let pool = Pool::new(1);
    let (sender, receiver) = channel::<()>();
    let fut = pool.submit(move || receiver.recv().is_err());
    fut.add_done_callback(|_| panic!("oh"));
    drop(sender);
    promise(pool.submit(|| 7).result() == 7, "the next job is run");
}

/// The slide's call.
fn slide() {
    let pool = Pool::new(1);
    run(&pool, 2, 3);
    drop(pool);
    println!("DONE");
}

const BODIES: &[(&str, fn())] = &[
    ("called-once", called_once),
    ("each-called-once", each_called_once),
    ("does-not-wait", does_not_wait),
    ("callback-is-free", callback_is_free),
    ("others-go-on", others_go_on),
    ("result", result),
    ("panics", panics),
    ("callback-panics", callback_panics),
    ("slide", slide),
];

fn main() {
    for (name, body) in BODIES {
        print!("body\t{name}\n{}", wire::write(&explore(Options::default(), body)));
    }
}
