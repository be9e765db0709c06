//! Observes lesson 01: who runs a job, in which order, and what becomes of its result.
//!
//! Threads are ordered by gates. Against a right pool nobody waits for time to pass, with one exception, which says so.

use lesson_01::{Pool, run};
use probe::{Inputs, Passed, ThreadGate, catch, check, every_chance, mark};
use std::collections::HashSet;
use std::fmt::{self, Display};
use std::ops::Add;
use std::sync::mpsc::{TryRecvError, channel};
use std::sync::{Arc, Condvar, Mutex, OnceLock};
use std::thread::{self, ThreadId};
use std::time::Duration;

/// After this a job no longer waits for the others, and says so: a line tells more than a hang.
const PATIENCE: Duration = Duration::from_secs(2);

/// Waits at the gate, and says so if it does not open.
fn pass(gate: ThreadGate) {
    match gate.pass_within(PATIENCE) {
        Passed::Opened | Passed::Abandoned => {}
        Passed::OpenerIsHere => mark!("the job runs on the caller's thread, which should open its gate"),
        Passed::OutOfPatience => {
            mark!("{PATIENCE:?} later the caller has not opened the gate: it must be waiting itself");
        }
    }
}

/// Where jobs wait until all of them are there.
struct Meeting {
    expected: usize,
    present: Mutex<usize>,
    arrival: Condvar,
    caller: ThreadId,
    /// How many were there when the first of them lost patience.
    failed_with: OnceLock<usize>,
}

impl Meeting {
    fn of(expected: usize) -> Arc<Self> {
        let (present, arrival, failed_with) = (Mutex::new(0), Condvar::new(), OnceLock::new());
        Arc::new(Meeting { expected, present, arrival, caller: thread::current().id(), failed_with })
    }

    fn attend(&self) -> ThreadId {
        let here = thread::current().id();
        let mut present = self.present.lock().expect("nobody panics with it");
        *present += 1;
        self.arrival.notify_all();
        if here != self.caller && self.failed_with.get().is_none() {
            let missing = |present: &mut usize| *present < self.expected;
            let waited = self.arrival.wait_timeout_while(present, PATIENCE, missing);
            let (present, wait) = waited.expect("nobody panics with it");
            if wait.timed_out() {
                let _ = self.failed_with.set(*present);
            }
        }
        here
    }
}

/// So many jobs that wait for one another; the threads they ran on, if they met.
fn meet(pool: &Pool, n: usize) -> Result<HashSet<ThreadId>, String> {
    let meeting = Meeting::of(n);
    let submit = |_| {
        let meeting = Arc::clone(&meeting);
        let (ran, run) = channel();
        (pool.submit(move || drop(ran.send(meeting.attend()))), run)
    };
    let submitted: Vec<_> = (0..n).map(submit).collect();
    // Every result is asked for, so that no job is left over.
    let mut threads = HashSet::new();
    for (fut, run) in submitted {
        let () = fut.result();
        threads.extend(run.try_recv());
    }
    match meeting.failed_with.get() {
        Some(present) => Err(format!("{PATIENCE:?} later {present} of them are under way")),
        None if threads.contains(&meeting.caller) => Err("they run on the caller's thread".to_owned()),
        None => Ok(threads),
    }
}

/// A number that says on which thread it is added.
///
/// `Clone` and `Default` are for crates that ask for more than they should: that is seen in `any_type`, not here.
#[derive(Clone, Default)]
struct Watched {
    value: i64,
    caller: Option<ThreadId>,
}

impl Add for Watched {
    type Output = Watched;

    fn add(self, other: Watched) -> Watched {
        mark!("{} + {} is added on {}", self.value, other.value, whose_thread(self.caller));
        Watched { value: self.value + other.value, caller: self.caller }
    }
}

impl Display for Watched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

fn whose_thread(caller: Option<ThreadId>) -> &'static str {
    if Some(thread::current().id()) == caller { "the caller's thread" } else { "another thread" }
}

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
}

/// Values of any type go there and come back, if they may cross over to another thread.
#[check]
fn any_type(inputs: &mut Inputs) {
    /// Neither `Clone` nor `Default` nor `Debug`.
    struct Ticket(u64);

    let pool = Pool::new(2);
    let (word, number, letters) = (inputs.word(), inputs.number(10..=99), inputs.word());
    let ticket = Ticket(number);
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
    mark!("a type without Clone, Default or Debug: ticket {}", got.0);
    let got: ::std::string::String = string.result();
    mark!("a String: {got:?}");
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
    mark!("Pool::new(0)");
    mark!("{}", if catch(|| Pool::new(0)).is_err() { "panicked" } else { "returned a pool" });
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
}

probe::main!(slide, on_a_worker, fifo, any_type, workers, drop_joins, panics, forgotten);
