//! en: Both sleep on a `Condvar`; tasks stand in slots that are emptied and never used again, so that a place is a name.
//! ru: И та и другой спят на `Condvar`; задачи стоят в ячейках, которые пустеют и больше не занимаются, поэтому место и есть имя.

use std::collections::VecDeque;
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

#[derive(Default)]
struct Signal {
    is_given: Mutex<bool>,
    changed: Condvar,
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        *self.is_given.lock().unwrap() = true;
        self.changed.notify_all();
    }
}

pub fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let signal: Arc<Signal> = Arc::default();
    let waker = signal.clone().into();
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return output;
        }
        let is_given = signal.is_given.lock().unwrap();
        *signal.changed.wait_while(is_given, |is_given| !*is_given).unwrap() = false;
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(pub u64);

type Task = (Pin<Box<dyn Future<Output = ()>>>, Waker);

#[derive(Default)]
pub struct Executor {
    slots: Vec<Option<Task>>,
    queue: Arc<Queue>,
}

#[derive(Default)]
struct Queue {
    woken: Mutex<VecDeque<usize>>,
    not_empty: Condvar,
}

struct Entry(usize, Arc<Queue>);

impl Wake for Entry {
    fn wake(self: Arc<Self>) {
        let Entry(slot, queue) = &*self;
        let mut woken = queue.woken.lock().unwrap();
        if woken.iter().all(|other| other != slot) {
            woken.push_back(*slot);
            queue.not_empty.notify_one();
        }
    }
}

impl Executor {
    pub fn new() -> Executor {
        Executor { slots: Vec::new(), queue: Arc::new(Queue::default()) }
    }

    pub fn spawn(&mut self, future: impl Future<Output = ()> + 'static) -> TaskId {
        let waker = Waker::from(Arc::new(Entry(self.slots.len(), Arc::clone(&self.queue))));
        waker.wake_by_ref();
        self.slots.push(Some((Box::pin(future), waker)));
        TaskId(self.slots.len() as u64)
    }

    pub fn run_ready(&mut self) -> usize {
        loop {
            let next = self.queue.woken.lock().unwrap().pop_front();
            let Some(slot) = next else {
                return self.slots.iter().flatten().count();
            };
            let Some((future, waker)) = &mut self.slots[slot] else { continue };
            if future.as_mut().poll(&mut Context::from_waker(waker)).is_ready() {
                self.slots[slot] = None;
                println!("Task {} terminated", slot + 1);
            }
        }
    }

    pub fn mainloop(&mut self) {
        while self.run_ready() > 0 {
            let woken = self.queue.woken.lock().unwrap();
            drop(self.queue.not_empty.wait_while(woken, |woken| woken.is_empty()).unwrap());
        }
    }
}
