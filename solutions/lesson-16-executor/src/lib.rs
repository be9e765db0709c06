//! An executor: it polls a task when that task was woken, and sleeps while none is.

use std::collections::{BTreeMap, VecDeque};
use std::future::poll_fn;
use std::mem;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

/// Gives control back once; lesson 15 wrote it by hand.
pub async fn yield_now() {
    let mut has_yielded = false;
    poll_fn(|cx| {
        if mem::replace(&mut has_yielded, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// Prints `I'm foo`, `n` times, and lets the others go on after each line.
pub async fn foo(n: u32) {
    for _ in 0..n {
        println!("I'm foo");
        yield_now().await;
    }
}

/// Prints `I'm bar`, `n` times, and lets the others go on after each line.
pub async fn bar(n: u32) {
    for _ in 0..n {
        println!("I'm bar");
        yield_now().await;
    }
}

/// Runs one future to its end on this thread, and returns its output. While nobody wakes it, the thread sleeps.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let sleeper = Arc::new(Sleeper { thread: thread::current(), is_woken: AtomicBool::new(false) });
    let waker = Waker::from(Arc::clone(&sleeper));
    let mut cx = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut cx) {
            return output;
        }
        sleeper.sleep();
    }
}

/// A thread, and whether it is to poll again.
///
/// The flag decides: a thread may be unparked by others and for other reasons, and what it runs may park it too.
struct Sleeper {
    thread: Thread,
    is_woken: AtomicBool,
}

impl Sleeper {
    fn sleep(&self) {
        while !self.is_woken.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }
}

impl Wake for Sleeper {
    fn wake(self: Arc<Self>) {
        self.is_woken.store(true, Ordering::Release);
        self.thread.unpark();
    }
}

/// The name of a task: what `Task 1 terminated` counts. Each executor starts from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(pub u64);

/// Runs many futures on one thread, in the order in which they are woken.
///
/// The slide's `taskmap` is back: a waker may be anywhere, so all that it has of its task is the name.
#[derive(Default)]
pub struct Executor {
    tasks: BTreeMap<TaskId, Task>,
    queue: Arc<Mutex<Queue>>,
    last: u64,
}

struct Task {
    future: Pin<Box<dyn Future<Output = ()>>>,
    waker: Waker,
}

/// What the executor shares with the wakers of its tasks.
#[derive(Default)]
struct Queue {
    /// The tasks to poll, in the order of their wakes; each at most once.
    ready: VecDeque<TaskId>,
    /// Wakes the executor itself.
    sleeper: Option<Waker>,
}

impl Executor {
    /// An executor without tasks.
    pub fn new() -> Self {
        Executor::default()
    }

    /// Puts a task at the end of the queue; it runs when the executor does.
    pub fn spawn(&mut self, future: impl Future<Output = ()> + 'static) -> TaskId {
        self.last += 1;
        let tid = TaskId(self.last);
        let waker = Waker::from(Arc::new(Doorbell { tid, queue: Arc::clone(&self.queue) }));
        waker.wake_by_ref();
        self.tasks.insert(tid, Task { future: Box::pin(future), waker });
        tid
    }

    /// Polls tasks as long as any is woken, and returns how many are left, all of them asleep.
    pub fn run_ready(&mut self) -> usize {
        while let Some(tid) = self.next_ready() {
            // A waker may be called after the end of its task.
            let Some(task) = self.tasks.get_mut(&tid) else { continue };
            let polled = task.future.as_mut().poll(&mut Context::from_waker(&task.waker));
            if polled.is_ready() {
                self.tasks.remove(&tid);
                println!("Task {} terminated", tid.0);
            }
        }
        self.tasks.len()
    }

    /// Runs until there is no task left. While all of them are asleep, so is the thread.
    pub fn mainloop(&mut self) {
        block_on(poll_fn(|cx| {
            self.queue.lock().expect(UNPOISONED).sleeper = Some(cx.waker().clone());
            if self.run_ready() == 0 { Poll::Ready(()) } else { Poll::Pending }
        }));
    }

    /// Taken out before the task is polled, so that a wake during the poll puts it back; and a function of its own, so
    /// that the lock is free by then: that wake needs it.
    fn next_ready(&self) -> Option<TaskId> {
        self.queue.lock().expect(UNPOISONED).ready.pop_front()
    }
}

const UNPOISONED: &str = "nobody panics while holding it";

/// What is behind the waker of a task.
struct Doorbell {
    tid: TaskId,
    queue: Arc<Mutex<Queue>>,
}

impl Wake for Doorbell {
    fn wake(self: Arc<Self>) {
        let mut queue = self.queue.lock().expect(UNPOISONED);
        if !queue.ready.contains(&self.tid) {
            queue.ready.push_back(self.tid);
        }
        let sleeper = queue.sleeper.take();
        drop(queue);
        if let Some(sleeper) = sleeper {
            sleeper.wake();
        }
    }
}
