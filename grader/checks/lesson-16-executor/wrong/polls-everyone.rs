//! fails: polls, wakes, late-wakes, other-thread
//! en: This is lesson 13's scheduler, with `poll` for `resume`: everybody in turn, whether they can go on or not, and a waker that wakes nobody. It gives the right lines and never rests. Poll a task when its waker was called, and sleep while none was.
//! ru: Это планировщик урока 13 с `poll` вместо `resume`: всех по очереди, могут они идти дальше или нет, и будильник, который никого не будит. Строки верные, но покоя нет никогда. Опрашивайте задачу, когда её будильник включили, а пока никого не разбудили — спите.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::mem;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
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
    ready: VecDeque<(TaskId, Pin<Box<dyn Future<Output = ()>>>)>,
    last: u64,
}

impl Executor {
    pub fn new() -> Self {
        Executor::default()
    }

    pub fn spawn(&mut self, future: impl Future<Output = ()> + 'static) -> TaskId {
        self.last += 1;
        let tid = TaskId(self.last);
        self.ready.push_back((tid, Box::pin(future)));
        tid
    }

    pub fn run_ready(&mut self) -> usize {
        let mut cx = Context::from_waker(Waker::noop());
        for _ in 0..self.ready.len() {
            let Some((tid, mut task)) = self.ready.pop_front() else { break };
            if task.as_mut().poll(&mut cx).is_pending() {
                self.ready.push_back((tid, task));
            } else {
                drop(task);
                println!("Task {} terminated", tid.0);
            }
        }
        self.ready.len()
    }

    pub fn mainloop(&mut self) {
        while self.run_ready() > 0 {}
    }
}
