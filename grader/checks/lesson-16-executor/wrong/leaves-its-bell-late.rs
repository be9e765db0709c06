//! fails: mainloop-wakes
//! en: `mainloop` runs what is ready, and only then leaves a waker for itself. A task that is woken in between is queued, and nobody wakes `mainloop`. Leave the waker first, then look into the queue.
//! ru: `mainloop` выполняет готовых и лишь потом оставляет будильник для себя. Разбуженная посередине задача встаёт в очередь, а `mainloop` никто не будит. Сначала оставьте будильник, потом смотрите в очередь.

use std::collections::{BTreeMap, VecDeque};
use std::future::poll_fn;
use std::mem;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

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

pub async fn foo(n: u32) {
    for _ in 0..n {
        println!("I'm foo");
        yield_now().await;
    }
}

pub async fn bar(n: u32) {
    for _ in 0..n {
        println!("I'm bar");
        yield_now().await;
    }
}

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

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(pub u64);

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

#[derive(Default)]
struct Queue {
    ready: VecDeque<TaskId>,
    sleeper: Option<Waker>,
}

impl Executor {
    pub fn new() -> Self {
        Executor::default()
    }

    pub fn spawn(&mut self, future: impl Future<Output = ()> + 'static) -> TaskId {
        self.last += 1;
        let tid = TaskId(self.last);
        let waker = Waker::from(Arc::new(Doorbell { tid, queue: Arc::clone(&self.queue) }));
        waker.wake_by_ref();
        self.tasks.insert(tid, Task { future: Box::pin(future), waker });
        tid
    }

    pub fn run_ready(&mut self) -> usize {
        while let Some(tid) = self.next_ready() {
            let Some(task) = self.tasks.get_mut(&tid) else { continue };
            let polled = task.future.as_mut().poll(&mut Context::from_waker(&task.waker));
            if polled.is_ready() {
                self.tasks.remove(&tid);
                println!("Task {} terminated", tid.0);
            }
        }
        self.tasks.len()
    }

    pub fn mainloop(&mut self) {
        block_on(poll_fn(|cx| {
            let left = self.run_ready();
            self.queue.lock().expect(UNPOISONED).sleeper = Some(cx.waker().clone());
            if left == 0 { Poll::Ready(()) } else { Poll::Pending }
        }));
    }

    fn next_ready(&self) -> Option<TaskId> {
        self.queue.lock().expect(UNPOISONED).ready.pop_front()
    }
}

const UNPOISONED: &str = "nobody panics while holding it";

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
