//! fails: polls, wakes, late-wakes, other-thread
//! en: All tasks share one waker, so a wake says that somebody can go on, but not who, and you ask them all. Give each task a waker of its own, which knows its name.
//! ru: У всех задач один будильник: он сообщает, что кто-то может идти дальше, но не говорит кто, и вы спрашиваете всех. Дайте каждой задаче свой будильник, который знает её имя.

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
    tasks: Vec<(TaskId, Pin<Box<dyn Future<Output = ()>>>)>,
    bell: Arc<Bell>,
    last: u64,
}

#[derive(Default)]
struct Bell {
    is_rung: AtomicBool,
    sleeper: Mutex<Option<Waker>>,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.is_rung.store(true, Ordering::SeqCst);
        let sleeper = self.sleeper.lock().unwrap().take();
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
        self.tasks.push((tid, Box::pin(future)));
        self.bell.is_rung.store(true, Ordering::SeqCst);
        tid
    }

    pub fn run_ready(&mut self) -> usize {
        let waker = Waker::from(self.bell.clone());
        let mut cx = Context::from_waker(&waker);
        while self.bell.is_rung.swap(false, Ordering::SeqCst) {
            let mut i = 0;
            while i < self.tasks.len() {
                if self.tasks[i].1.as_mut().poll(&mut cx).is_pending() {
                    i += 1;
                    continue;
                }
                let (tid, task) = self.tasks.remove(i);
                drop(task);
                println!("Task {} terminated", tid.0);
            }
        }
        self.tasks.len()
    }

    pub fn mainloop(&mut self) {
        block_on(poll_fn(|cx| {
            *self.bell.sleeper.lock().unwrap() = Some(cx.waker().clone());
            if self.run_ready() == 0 { Poll::Ready(()) } else { Poll::Pending }
        }));
    }
}
