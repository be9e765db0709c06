//! fails: wake-any-time, mainloop-wakes
//! en: You look at the flag under the lock, let go, and then wait on the condition variable. A wake in between finds nobody who waits. `Condvar::wait` takes the guard that you looked with.
//! ru: Вы смотрите на флаг под мьютексом, отпускаете его и лишь потом ждёте на условной переменной. Пробуждение посередине никого не застанет. `Condvar::wait` берёт того же стража, под которым вы смотрели.

use std::collections::{BTreeMap, VecDeque};
use std::future::poll_fn;
use std::mem;
use std::pin::{Pin, pin};
use std::sync::{Arc, Condvar, Mutex};
use std::task::{Context, Poll, Wake, Waker};

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
    let sleeper: Arc<Sleeper> = Arc::default();
    let waker = Waker::from(Arc::clone(&sleeper));
    let mut cx = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut cx) {
            return output;
        }
        sleeper.sleep();
    }
}

#[derive(Default)]
struct Sleeper {
    is_woken: Mutex<bool>,
    woken: Condvar,
}

impl Sleeper {
    fn sleep(&self) {
        loop {
            if mem::replace(&mut *self.is_woken.lock().unwrap(), false) {
                return;
            }
            drop(self.woken.wait(self.is_woken.lock().unwrap()).unwrap());
        }
    }
}

impl Wake for Sleeper {
    fn wake(self: Arc<Self>) {
        *self.is_woken.lock().unwrap() = true;
        self.woken.notify_one();
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
            self.queue.lock().expect(UNPOISONED).sleeper = Some(cx.waker().clone());
            if self.run_ready() == 0 { Poll::Ready(()) } else { Poll::Pending }
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
