//! Small programs, named like what is to come of them.

use interleave::{Options, Tally, explore, others_alive, promise, wait_until_idle, wire};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Condvar, LazyLock, Mutex, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

fn two_locks() {
    let locks = Arc::new((Mutex::new(()), Mutex::new(())));
    let theirs = Arc::clone(&locks);
    let thread = thread::spawn(move || {
        let _second = theirs.1.lock();
        let _first = theirs.0.lock();
    });
    let _first = locks.0.lock();
    let _second = locks.1.lock();
    drop((_first, _second));
    let _ = thread.join();
}

fn lost_count() {
    let count = Arc::new(AtomicUsize::new(0));
    let threads = [(), ()].map(|()| {
        let count = Arc::clone(&count);
        thread::spawn(move || count.store(count.load(Ordering::SeqCst) + 1, Ordering::SeqCst))
    });
    threads.map(|thread| thread.join().unwrap());
    promise(count.load(Ordering::SeqCst) == 2, "both count");
}

/// By the path that would go round the library, were it not passed under that name as well.
fn lost_count_by_core() {
    let count = Arc::new(core::sync::atomic::AtomicUsize::new(0));
    let theirs = Arc::clone(&count);
    let thread = thread::spawn(move || theirs.store(theirs.load(Ordering::SeqCst) + 1, Ordering::SeqCst));
    count.store(count.load(Ordering::SeqCst) + 1, Ordering::SeqCst);
    thread.join().unwrap();
    promise(count.load(Ordering::SeqCst) == 2, "both count");
}

fn counts() {
    let count = Arc::new(AtomicUsize::new(0));
    let threads = [(), ()].map(|()| {
        let count = Arc::clone(&count);
        thread::spawn(move || count.fetch_add(1, Ordering::SeqCst))
    });
    threads.map(|thread| thread.join().unwrap());
    promise(count.load(Ordering::SeqCst) == 2, "both count");
}

/// Seen only if somebody can look while the lock is held.
fn held_is_seen() {
    let lock = Arc::new(Mutex::new(0));
    let theirs = Arc::clone(&lock);
    let thread = thread::spawn(move || *theirs.lock().unwrap() += 1);
    promise(lock.try_lock().is_ok(), "nobody ever holds it");
    let _ = thread.join();
}

fn spins() {
    let flag = Arc::new(AtomicBool::new(false));
    let theirs = Arc::clone(&flag);
    thread::spawn(move || theirs.store(true, Ordering::SeqCst));
    while !flag.load(Ordering::SeqCst) {}
}

fn two_spin() {
    let flags = Arc::new((AtomicBool::new(false), AtomicBool::new(false)));
    let theirs = Arc::clone(&flags);
    thread::spawn(move || while !theirs.0.load(Ordering::SeqCst) {});
    while !flags.1.load(Ordering::SeqCst) {
        thread::yield_now();
    }
}

fn spins_on_a_lock() {
    let lock = Arc::new(Mutex::new(false));
    let theirs = Arc::clone(&lock);
    thread::spawn(move || *theirs.lock().unwrap() = true);
    while !*lock.lock().unwrap() {}
}

fn sleeps_too_long() {
    let begun = Instant::now();
    let (sender, receiver) = channel::<()>();
    thread::spawn(move || {
        thread::sleep(Duration::from_secs(3600));
        drop(sender);
    });
    promise(receiver.recv_timeout(Duration::from_secs(60)).is_err(), "nothing is sent");
    promise(begun.elapsed() >= Duration::from_secs(60), "time goes by as it was asked for");
    let later = Instant::now();
    while later.elapsed() < Duration::from_millis(5) {}
}

fn parks_once_too_often() {
    thread::current().unpark();
    thread::current().unpark();
    thread::park();
    thread::park();
}

fn left_over() {
    thread::spawn(thread::park);
}

fn all_ended() {
    let thread = thread::spawn(|| ());
    thread.join().unwrap();
    promise(others_alive() == 0, "it has ended");
}

fn waits_for_idleness() {
    let flag = Arc::new(AtomicBool::new(false));
    let theirs = Arc::clone(&flag);
    thread::spawn(move || theirs.store(true, Ordering::SeqCst));
    wait_until_idle();
    promise(flag.load(Ordering::SeqCst), "all others have gone on");
}

/// Statics are as new in each schedule, whatever they hold.
fn statics() {
    static COUNT: AtomicUsize = AtomicUsize::new(5);
    static NAMES: Mutex<Vec<String>> = Mutex::new(Vec::new());
    static ONCE: OnceLock<String> = OnceLock::new();
    static LAZY: LazyLock<Mutex<HashMap<u32, u32>>> = LazyLock::new(Mutex::default);
    let thread = thread::spawn(|| COUNT.fetch_add(1, Ordering::SeqCst));
    promise(ONCE.set("once".to_owned()).is_ok(), "nobody has set it");
    NAMES.lock().unwrap().push("name".to_owned());
    LAZY.lock().unwrap().insert(1, 1);
    promise(thread.join().unwrap() == 5, "nobody has counted");
    promise(NAMES.lock().unwrap().len() == 1, "nobody has left a name");
    promise(LAZY.lock().unwrap().len() == 1, "nobody has left a number");
}

/// The order of a map is the same at each run, in each thread.
fn maps() {
    let order = || (0..20).map(|n| (n, ())).collect::<HashMap<u32, ()>>().into_keys().collect::<Vec<_>>();
    println!("{:?}", order());
    let thread = thread::spawn(move || println!("{:?}", order()));
    thread.join().unwrap();
}

fn prints_either_way() {
    let thread = thread::spawn(|| println!("there"));
    println!("here");
    thread.join().unwrap();
}

/// A counter outside of the body makes each run another one.
fn never_the_same(runs: &Tally) {
    runs.add();
    let thread = thread::spawn(|| println!("there"));
    if runs.get() == 1 {
        println!("here");
    } else {
        println!("elsewhere");
    }
    thread.join().unwrap();
}

/// Breaks at its first run, and never again.
fn broken_once(runs: &Tally) {
    runs.add();
    promise(runs.get() > 1, "this is not the first run");
}

fn wrong_one_is_notified() {
    let shared = Arc::new((Mutex::new([false; 2]), Condvar::new()));
    let threads = [0, 1].map(|i| {
        let shared = Arc::clone(&shared);
        thread::spawn(move || {
            drop(shared.1.wait_while(shared.0.lock().unwrap(), |set| !set[i]).unwrap());
        })
    });
    for i in [0, 1] {
        wait_until_idle();
        shared.0.lock().unwrap()[i] = true;
        shared.1.notify_one();
    }
    threads.map(|thread| thread.join().unwrap());
}

fn panics_in_a_thread() {
    let thread = thread::spawn(|| panic!("theirs"));
    promise(thread.join().is_err(), "its panic comes out of `join`");
}

fn panics_in_the_body() {
    println!("about to");
    panic!("mine");
}

fn main() {
    let told = |name: &str, explored| print!("body\t{name}\n{}", wire::write(&explored));
    let all = Options { max_preemptions: 9, ..Options::default() };
    let leaks = Options { threads_must_end: true, ..all };
    told("deadlock: two locks", explore(all, two_locks));
    told("promise: a lost count", explore(all, lost_count));
    told("promise: a lost count by core", explore(all, lost_count_by_core));
    told("holds in all: a count", explore(all, counts));
    told("promise: a held lock is seen", explore(all, held_is_seen));
    told("holds as far as it goes: a thread that spins", explore(all, spins));
    told("holds as far as it goes: a thread that spins on a lock", explore(all, spins_on_a_lock));
    told("livelock: two threads that spin", explore(all, two_spin));
    told("holds as far as it goes: an hour", explore(Options::default(), sleeps_too_long));
    told("deadlock: one token for two unparks", explore(all, parks_once_too_often));
    told("holds in all: a thread is left over", explore(all, left_over));
    told("leak: a thread is left over", explore(leaks, left_over));
    told("holds in all: all have ended", explore(leaks, all_ended));
    told("holds in all: waits for idleness", explore(all, waits_for_idleness));
    told("holds in all: statics", explore(all, statics));
    told("holds in all: maps", explore(all, maps));
    told("holds in all: prints either way", explore(all, prints_either_way));
    let runs = Tally::new();
    told("not explored: never the same", explore(all, || never_the_same(&runs)));
    let runs = Tally::new();
    told("not explored: broken once", explore(all, || broken_once(&runs)));
    told("deadlock: the wrong one is notified", explore(all, wrong_one_is_notified));
    told("holds in all: a panic in a thread", explore(all, panics_in_a_thread));
    told("panic: in the body", explore(all, panics_in_the_body));
    told("holds as far as it goes: a count", explore(Options { max_schedules: 1, ..all }, counts));
}
