//! fails: one-future
//! en: Your `block_on` asks again and again, with a waker that wakes nobody. The result is right, and the processor is busy with asking. Give the future a waker that unparks this thread, and park until it is called.
//! ru: Ваша `block_on` спрашивает снова и снова, а её будильник никого не будит. Результат верный, но процессор занят одними вопросами. Дайте фьючерсу будильник, который будит этот поток ОС, и спите в `park`, пока его не включат.

use std::collections::{HashMap, VecDeque};
use std::future::poll_fn;
use std::mem;
use std::pin::{Pin, pin};
use std::sync::{Arc, Condvar, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;

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
    let mut cx = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut cx) {
            return output;
        }
        thread::yield_now();
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
    bell: Condvar,
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
        self.queue.bell.notify_one();
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
        let mut ready = self.queue.ready.lock().unwrap();
        loop {
            drop(ready);
            if self.run_ready() == 0 {
                return;
            }
            ready = self.queue.ready.lock().unwrap();
            while ready.is_empty() {
                ready = self.queue.bell.wait(ready).unwrap();
            }
        }
    }
}
