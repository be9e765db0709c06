//! Real threads of which one runs at a time: who has the baton runs, all others sleep.
//!
//! Owns the threads of the operating system: their start, their sleep, and their end. Who gets the baton is decided
//! elsewhere.
//!
//! A thread that is left over at the end of a schedule is ended where it sleeps, as the end of a process would do it:
//! nothing of its stack is dropped, none of its code runs again. Unwinding it would run destructors that may wait,
//! panic or be caught.

use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::thread::{self, JoinHandle, Thread};

const ASLEEP: u8 = 0;
const GO: u8 = 1;
const END: u8 = 2;

/// What a thread sleeps on until it is its turn.
pub(crate) struct Baton(AtomicU8);

impl Baton {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Baton(AtomicU8::new(ASLEEP)))
    }

    /// Gives it to the thread that sleeps on it, or will.
    pub(crate) fn give(&self, thread: &Thread) {
        self.0.store(GO, Ordering::Release);
        thread.unpark();
    }

    /// Sleeps until it is given, or for ever.
    pub(crate) fn wait(&self) {
        loop {
            match self.0.compare_exchange(GO, ASLEEP, Ordering::Acquire, Ordering::Acquire) {
                Ok(_) => return,
                Err(END) => end_this_thread(),
                Err(_) => thread::park(),
            }
        }
    }
}

thread_local! {
    /// The number in its schedule of the thread that reads this. No destructor: it can be read to the thread's end.
    static NUMBER: Cell<usize> = const { Cell::new(usize::MAX) };
    static AT_THE_END: AtTheEnd = const { AtTheEnd(Cell::new(None)) };
}

/// Thread-locals are dropped in the reverse order of their first use. This one is the first, so it is dropped when all
/// those of the program are: that is the moment at which `join` returns.
struct AtTheEnd(Cell<Option<fn(usize)>>);

impl Drop for AtTheEnd {
    fn drop(&mut self) {
        if let Some(end) = self.0.take() {
            end(NUMBER.get());
        }
    }
}

/// The number of this thread in its schedule; absent in a thread that is not explored.
pub(crate) fn number() -> Option<usize> {
    let number = NUMBER.get();
    (number != usize::MAX).then_some(number)
}

/// A thread of the operating system, until [`finish`](Native::finish) is called.
pub(crate) struct Native {
    handle: JoinHandle<()>,
    pub(crate) baton: Arc<Baton>,
}

impl Native {
    /// Starts a thread that sleeps until it has the baton, then runs `main`, and at its very end calls `end`.
    ///
    /// # Safety
    /// The caller calls [`finish`](Native::finish) before anything that `main` borrows is gone.
    pub(crate) unsafe fn start<'a>(
        number: usize,
        name: Option<&str>,
        main: impl FnOnce() + 'a,
        end: fn(usize),
    ) -> std::io::Result<Self> {
        let baton = Baton::new();
        let own = Arc::clone(&baton);
        let mut builder = thread::Builder::new();
        if let Some(name) = name {
            builder = builder.name(name.to_owned());
        }
        // Others may be `!Send`: this one takes the baton with it, and with that nobody else runs.
        struct Carried<T>(T);
        // SAFETY: what is inside is used by one thread at a time, and handed over with the baton.
        unsafe impl<T> Send for Carried<T> {}
        impl<T: FnOnce()> Carried<T> {
            fn call(self) {
                (self.0)();
            }
        }
        let main = Carried(main);
        let run = move || {
            NUMBER.set(number);
            AT_THE_END.with(|at_the_end| at_the_end.0.set(Some(end)));
            own.wait();
            // The count of the baton must not be lost with a thread that is ended in its sleep.
            drop(own);
            main.call();
        };
        // SAFETY: the caller waits for its end, as this function asks for.
        let handle = unsafe { builder.spawn_unchecked(run)? };
        Ok(Native { handle, baton })
    }

    /// Lets the thread run.
    pub(crate) fn give(&self) {
        self.baton.give(self.handle.thread());
    }

    /// Waits until the thread is gone. `ended`: it has come to its own end. Otherwise it sleeps, and is ended there.
    pub(crate) fn finish(self, ended: bool) {
        if ended {
            // It ends without a panic: `main` has caught it.
            let _ = self.handle.join();
        } else {
            self.baton.0.store(END, Ordering::Release);
            self.handle.thread().unpark();
            reap(self.handle);
        }
    }
}

/// Ends this thread as it stands, without a destructor.
#[cfg(target_os = "linux")]
fn end_this_thread() -> ! {
    // SAFETY: the kernel ends the thread. It sleeps in `Baton::wait`, so that it holds nothing of the standard
    // library's, and nobody looks at its stack again. Whoever joins it is woken by the kernel.
    unsafe { syscall(EXIT, 0_i64) };
    unreachable!("the kernel ends the thread")
}

/// Elsewhere it sleeps on, and its stack with it.
#[cfg(not(target_os = "linux"))]
fn end_this_thread() -> ! {
    loop {
        thread::park();
    }
}

#[cfg(target_os = "linux")]
fn reap(handle: JoinHandle<()>) {
    use std::os::unix::thread::JoinHandleExt;
    // SAFETY: the thread was neither joined nor detached. The standard library's own `join` asks for a result.
    unsafe { pthread_join(handle.into_pthread_t(), std::ptr::null_mut()) };
}

#[cfg(not(target_os = "linux"))]
fn reap(_: JoinHandle<()>) {}

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
const EXIT: i64 = 60;
#[cfg(all(target_os = "linux", not(target_arch = "x86_64")))]
const EXIT: i64 = 93;

#[cfg(target_os = "linux")]
unsafe extern "C" {
    fn syscall(number: i64, ...) -> i64;
    fn pthread_join(thread: std::os::unix::thread::RawPthread, value: *mut *mut std::ffi::c_void) -> i32;
}
