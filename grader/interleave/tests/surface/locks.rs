//! Locks, conditions, barriers, and what is made once.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{
    Arc, Barrier, Condvar, LazyLock, Mutex, MutexGuard, Once, OnceLock, PoisonError, RwLock, RwLockReadGuard,
    RwLockWriteGuard, TryLockError,
};
use std::thread;
use std::time::Duration;

fn mutex() {
    static STATIC: Mutex<u32> = Mutex::new(3);
    let mut lock = Mutex::new(vec![1]);
    lock.get_mut().unwrap().push(2);
    let guard: MutexGuard<'_, Vec<u32>> = lock.lock().unwrap();
    println!("{guard:?} {} {lock:?}", guard.len());
    println!("{}", matches!(lock.try_lock(), Err(TryLockError::WouldBlock)));
    drop(guard);
    println!("{:?} {:?} {}", lock.try_lock().map(|guard| guard.len()).ok(), lock, lock.is_poisoned());
    let _ = catch_unwind(AssertUnwindSafe(|| {
        let _guard = lock.lock().unwrap();
        panic!("with it");
    }));
    println!("{} {:?}", lock.is_poisoned(), lock.lock().map(drop).is_err());
    println!("{:?}", lock.lock().unwrap_or_else(PoisonError::into_inner));
    println!("{}", matches!(lock.try_lock(), Err(TryLockError::Poisoned(_))));
    lock.clear_poison();
    println!("{:?}", lock.is_poisoned());
    println!("{:?}", lock.into_inner());
    println!("{:?} {:?}", Mutex::<u8>::default(), Mutex::from("a"));
    let shared: Arc<Mutex<dyn std::fmt::Debug + Send>> = Arc::new(Mutex::new(5));
    println!("{:?}", &*shared.lock().unwrap());
    *STATIC.lock().unwrap() += 1;
    println!("{}", STATIC.lock().unwrap());
}

fn rwlock() {
    let mut lock = RwLock::new(1);
    *lock.get_mut().unwrap() = 2;
    {
        let (one, two): (RwLockReadGuard<'_, i32>, _) = (lock.read().unwrap(), lock.read().unwrap());
        println!("{one} {two:?} {} {}", lock.try_read().is_ok(), lock.try_write().is_err());
    }
    let mut write: RwLockWriteGuard<'_, i32> = lock.write().unwrap();
    *write += 1;
    println!("{write} {} {}", lock.try_read().is_err(), lock.try_write().is_err());
    let read = RwLockWriteGuard::downgrade(write);
    println!("{read} {}", lock.try_read().is_ok());
    drop(read);
    let _ = catch_unwind(AssertUnwindSafe(|| {
        let _guard = lock.read().unwrap();
        panic!("reading");
    }));
    println!("{}", lock.is_poisoned());
    let _ = catch_unwind(AssertUnwindSafe(|| {
        let _guard = lock.write().unwrap();
        panic!("writing");
    }));
    println!("{} {}", lock.is_poisoned(), lock.read().is_err());
    lock.clear_poison();
    println!("{lock:?}");
    println!("{:?}", lock.into_inner());
}

fn condvar() {
    let shared = Arc::new((Mutex::new(0), Condvar::new()));
    let theirs = Arc::clone(&shared);
    let thread = thread::spawn(move || {
        for _ in 0..3 {
            *theirs.0.lock().unwrap() += 1;
            theirs.1.notify_one();
        }
    });
    let mut count = shared.0.lock().unwrap();
    while *count == 0 {
        count = shared.1.wait(count).unwrap();
    }
    let count = shared.1.wait_while(count, |count| *count < 3).unwrap();
    println!("{count}");
    thread.join().unwrap();
    let (count, result) = shared.1.wait_timeout(count, Duration::from_millis(1)).unwrap();
    println!("{} {result:?}", result.timed_out());
    let (count, result) = shared.1.wait_timeout_while(count, Duration::from_millis(1), |_| true).unwrap();
    println!("{}", result.timed_out());
    let (count, result) = shared.1.wait_timeout_while(count, Duration::from_secs(9), |_| false).unwrap();
    println!("{} {count}", result.timed_out());
    shared.1.notify_all();
    println!("{:?}", Condvar::default());
}

fn barrier() {
    let barrier = Arc::new(Barrier::new(2));
    let theirs = Arc::clone(&barrier);
    let thread = thread::spawn(move || theirs.wait().is_leader());
    let mine = barrier.wait().is_leader();
    println!("{} {:?}", mine != thread.join().unwrap(), Barrier::new(1).wait());
}

fn once() {
    let once = Once::new();
    println!("{}", once.is_completed());
    let _ = catch_unwind(AssertUnwindSafe(|| once.call_once(|| panic!("the first"))));
    println!("{}", catch_unwind(AssertUnwindSafe(|| once.call_once(|| ()))).is_err());
    once.call_once_force(|state| println!("{state:?} {}", state.is_poisoned()));
    once.call_once(|| println!("never"));
    once.wait();
    println!("{}", once.is_completed());

    static CELL: OnceLock<String> = OnceLock::new();
    println!("{:?} {CELL:?}", CELL.get());
    println!("{} {:?}", CELL.get_or_init(|| "made".to_owned()), CELL.set("late".to_owned()));
    println!("{} {CELL:?}", CELL.wait());
    let mut cell = OnceLock::from(1);
    println!("{:?} {:?}", cell.clone(), cell.get_mut());
    println!("{:?}", cell.take());
    println!("{:?}", cell.into_inner());

    static LAZY: LazyLock<Vec<u32>> = LazyLock::new(|| {
        println!("made once");
        vec![1, 2]
    });
    println!("{LAZY:?}");
    println!("{} {:?} {:?}", LAZY.len(), *LAZY, LazyLock::force(&LAZY));
    let lazy: LazyLock<u32> = LazyLock::new(|| panic!("oh"));
    println!("{}", catch_unwind(AssertUnwindSafe(|| *lazy)).is_err());
    let text = String::from("taken");
    let lazy = LazyLock::new(move || text);
    println!("{} {lazy:?}", *lazy);
}

pub fn surface() {
    mutex();
    rwlock();
    condvar();
    barrier();
    once();
}

#[allow(dead_code)]
fn main() {
    surface();
}
