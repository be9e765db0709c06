//! fails: wake-kept
//! en: You rely on `unpark` alone. A thread remembers one of them, for whoever parks next, and something that the future calls may park before you do: then you sleep through a wake that has come already. Keep a flag of your own, and look at it before you park.
//! ru: Вы полагаетесь на один `unpark`. Поток ОС помнит его для того, кто первым вызовет `park`, а это может сделать что-то внутри фьючерса, ещё до вас: тогда вы проспите пробуждение, которое уже пришло. Заведите свой флаг и смотрите на него, прежде чем уснуть.

use std::collections::{HashMap, VecDeque};
use std::future::poll_fn;
use std::mem;
use std::pin::{Pin, pin};
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

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

pub fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut cx = Context::from_waker(&waker);
    loop {
        match future.as_mut().poll(&mut cx) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
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
