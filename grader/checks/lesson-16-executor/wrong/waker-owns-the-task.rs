//! fails: late-wakes, local
//! en: Here the waker holds the task itself, as many executors have it. Then the task must be `Send`, which this signature does not ask, and lives as long as the last waker, even when its executor is gone. Let the executor own the future, and give the waker its name.
//! ru: Здесь будильник держит саму задачу, как во многих исполнителях. Тогда задача обязана быть `Send`, чего сигнатура не требует, и живёт, пока жив последний будильник, даже если исполнителя уже нет. Пусть фьючерсом владеет исполнитель, а у будильника будет имя.

use std::future::poll_fn;
use std::mem;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
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

pub struct Executor {
    ready: Receiver<Arc<Task>>,
    spawner: Sender<Arc<Task>>,
    left: usize,
    last: u64,
}

struct Task {
    tid: TaskId,
    future: Mutex<Option<Pin<Box<dyn Future<Output = ()> + Send>>>>,
    is_queued: AtomicBool,
    ready: Sender<Arc<Task>>,
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        if !self.is_queued.swap(true, Ordering::SeqCst) {
            let _ = self.ready.send(self.clone());
        }
    }
}

impl Default for Executor {
    fn default() -> Self {
        Self::new()
    }
}

impl Executor {
    pub fn new() -> Self {
        let (spawner, ready) = channel();
        Executor { ready, spawner, left: 0, last: 0 }
    }

    pub fn spawn(&mut self, future: impl Future<Output = ()> + Send + 'static) -> TaskId {
        self.last += 1;
        self.left += 1;
        let tid = TaskId(self.last);
        let future = Mutex::new(Some(Box::pin(future) as _));
        let task = Task { tid, future, is_queued: AtomicBool::new(false), ready: self.spawner.clone() };
        Arc::new(task).wake();
        tid
    }

    fn run(&mut self, task: Arc<Task>) {
        task.is_queued.store(false, Ordering::SeqCst);
        let mut slot = task.future.lock().unwrap();
        let Some(future) = slot.as_mut() else { return };
        let waker = Waker::from(task.clone());
        if future.as_mut().poll(&mut Context::from_waker(&waker)).is_ready() {
            *slot = None;
            self.left -= 1;
            println!("Task {} terminated", task.tid.0);
        }
    }

    pub fn run_ready(&mut self) -> usize {
        while let Ok(task) = self.ready.try_recv() {
            self.run(task);
        }
        self.left
    }

    pub fn mainloop(&mut self) {
        while self.left > 0 {
            let task = self.ready.recv().unwrap();
            self.run(task);
        }
    }
}
