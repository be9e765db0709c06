//! fails: slide, tasks, polls, wakes, late-wakes, other-thread
//! en: `spawn` polls the task at once. It should only put it into the queue: the first poll belongs to `run_ready`, in the task's turn.
//! ru: `spawn` сразу опрашивает задачу. Она должна лишь поставить её в очередь: первый опрос — дело `run_ready`, когда подойдёт очередь задачи.

use std::collections::{HashMap, VecDeque};
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
    last: u64,
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
        self.last += 1;
        let tid = TaskId(self.last);
        let waker = Waker::from(Arc::new(TaskWaker { tid, queue: self.queue.clone() }));
        let mut future: Pin<Box<dyn Future<Output = ()>>> = Box::pin(future);
        if future.as_mut().poll(&mut Context::from_waker(&waker)).is_pending() {
            self.tasks.insert(tid, Task { future, waker });
        } else {
            drop(future);
            println!("Task {} terminated", tid.0);
        }
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
