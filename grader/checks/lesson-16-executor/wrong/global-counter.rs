//! fails: tasks
//! en: The counter is a `static`, one for the whole program, so a second executor goes on where the first one stopped. Numbers belong to the executor that gives them: make it a field.
//! ru: Счётчик — `static`, один на всю программу, и второй исполнитель считает с того места, где остановился первый. Номера принадлежат исполнителю, который их даёт: сделайте счётчик полем.

use std::collections::{HashMap, VecDeque};
use std::future::poll_fn;
use std::mem;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
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

struct Unpark {
    thread: Thread,
    is_woken: AtomicBool,
}

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.is_woken.store(true, Ordering::SeqCst);
        self.thread.unpark();
    }
}

pub fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let unpark = Arc::new(Unpark { thread: thread::current(), is_woken: AtomicBool::new(false) });
    let waker = Waker::from(unpark.clone());
    let mut cx = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut cx) {
            return output;
        }
        while !unpark.is_woken.swap(false, Ordering::SeqCst) {
            thread::park();
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(pub u64);

#[derive(Default)]
pub struct Executor {
    tasks: HashMap<TaskId, Task>,
    queue: Arc<Queue>,
}

struct Task {
    future: Pin<Box<dyn Future<Output = ()>>>,
    waker: Waker,
}

#[derive(Default)]
struct Queue {
    ready: Mutex<VecDeque<TaskId>>,
    sleeper: Mutex<Option<Waker>>,
}

struct TaskWaker {
    tid: TaskId,
    queue: Arc<Queue>,
}

impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        let mut ready = self.queue.ready.lock().unwrap();
        if !ready.contains(&self.tid) {
            ready.push_back(self.tid);
        }
        drop(ready);
        let sleeper = self.queue.sleeper.lock().unwrap().clone();
        if let Some(sleeper) = sleeper {
            sleeper.wake();
        }
    }
}

impl Executor {
    pub fn new() -> Self {
        Executor::default()
    }

    pub fn spawn(&mut self, future: impl Future<Output = ()> + 'static) -> TaskId {
        static LAST: AtomicU64 = AtomicU64::new(0);
        let tid = TaskId(LAST.fetch_add(1, Ordering::Relaxed) + 1);
        let waker = Waker::from(Arc::new(TaskWaker { tid, queue: self.queue.clone() }));
        self.tasks.insert(tid, Task { future: Box::pin(future), waker });
        self.queue.ready.lock().unwrap().push_back(tid);
        tid
    }

    pub fn run_ready(&mut self) -> usize {
        loop {
            let Some(tid) = self.queue.ready.lock().unwrap().pop_front() else { break };
            let Some(task) = self.tasks.get_mut(&tid) else { continue };
            let mut cx = Context::from_waker(&task.waker);
            if task.future.as_mut().poll(&mut cx).is_ready() {
                self.tasks.remove(&tid);
                println!("Task {} terminated", tid.0);
            }
        }
        self.tasks.len()
    }

    pub fn mainloop(&mut self) {
        block_on(poll_fn(|cx| {
            *self.queue.sleeper.lock().unwrap() = Some(cx.waker().clone());
            if self.run_ready() == 0 { Poll::Ready(()) } else { Poll::Pending }
        }));
    }
}
