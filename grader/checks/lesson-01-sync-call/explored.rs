//! Explores lesson 01: what threads meet at, whoever is first.

use interleave::{Tally, others_alive, promise, wait_until_idle};
use lesson_01::Pool;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::channel;
use std::thread;

/// `result` gets what the job returned, or panicked with, whoever is first; and the worker goes on.
fn no_lost_result() {
    let pool = Pool::new(1);
    let panics = pool.submit(|| -> u64 { panic!("oh") });
    let receipt = pool.submit(|| 7);
    let said = catch_unwind(AssertUnwindSafe(|| panics.result())).err();
    promise(
        said.and_then(|said| said.downcast_ref::<&str>().copied()) == Some("oh"),
        "`result` goes on with the job's panic | `result` продолжает панику задания",
    );
    promise(receipt.result() == 7, "`result` gives what the job returned | `result` отдаёт то, что вернуло задание");
}

/// Another thread asks, while the pool is dropped.
fn asked_elsewhere() {
    let pool = Pool::new(1);
    let receipt = pool.submit(|| 7);
    let asks = thread::spawn(move || receipt.result());
    drop(pool);
    promise(
        asks.join().is_ok_and(|got| got == 7),
        "another thread gets the result while the pool is dropped | другой поток получает результат, пока пул уничтожают",
    );
}

/// Two workers, two jobs, and the pool is dropped just while they come, work or go.
fn drop_waits() {
    let runs = [Tally::new(), Tally::new()];
    let pool = Pool::new(2);
    for count in runs.clone() {
        drop(pool.submit(move || count.add()));
    }
    drop(pool);
    promise(
        runs.iter().all(|runs| runs.get() == 1),
        format_args!(
            "after the drop each job has run once, not {runs:?} times | после drop каждое задание выполнено один раз, а не {runs:?}"
        ),
    );
    promise(
        others_alive() == 0,
        "after the drop no thread of the pool is left | после drop не осталось ни одного потока пула",
    );
}

/// A job waits for one that was submitted after it: a second worker is there for that, whenever it began to wait.
fn jobs_meet() {
    let pool = Pool::new(2);
    let (sender, receiver) = channel();
    let waits = pool.submit(move || receiver.recv());
    let sends = pool.submit(move || sender.send(7));
    promise(
        waits.result() == Ok(7) && sends.result().is_ok(),
        "a job may wait for another one | задание может ждать другого",
    );
}

/// Two threads submit at once: each job is run, once.
fn all_submit() {
    let runs = [Tally::new(), Tally::new()];
    let pool = Pool::new(1);
    let [mine, theirs] = runs.clone();
    thread::scope(|scope| {
        scope.spawn(|| drop(pool.submit(move || theirs.add())));
        drop(pool.submit(move || mine.add()));
    });
    drop(pool);
    promise(
        runs.iter().all(|runs| runs.get() == 1),
        format_args!(
            "two threads submit, and each job runs once, not {runs:?} times | подают два потока, и каждое задание выполнено один раз, а не {runs:?}"
        ),
    );
}

/// Who waits sleeps: an idle worker, and a thread that asks for a result. And who asks does not help out.
fn waits_asleep() {
    let pool = Pool::new(2);
    wait_until_idle();
    let (sender, receiver) = channel::<()>();
    let (opener, gate) = channel::<()>();
    let busy = [pool.submit(move || receiver.recv().is_ok()), pool.submit(move || gate.recv().is_ok())];
    let waiting = pool.submit(|| thread::current().id());
    let asks = thread::spawn(move || (thread::current().id(), waiting.result()));
    wait_until_idle();
    promise(sender.send(()).is_ok() && opener.send(()).is_ok(), "the jobs wait for their letters | задания ждут писем");
    let [first, second] = busy.map(|busy| busy.result());
    promise(first && second, "the letters arrive | письма приходят");
    let asked = asks.join();
    promise(
        asked.is_ok_and(|(asker, worker)| asker != worker),
        "who asks for a result runs no job | кто спрашивает результат, заданий не выполняет",
    );
}

probe::explored!(no_lost_result, asked_elsewhere, drop_waits, jobs_meet, all_submit, waits_asleep);
