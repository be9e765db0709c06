//! en: `mainloop` notes its thread and parks; wakers hold the queue weakly, with a flag each; the tasks' list is searched.
//! ru: `mainloop` запоминает свой поток ОС и засыпает в `park`; будильники держат очередь слабой ссылкой, у каждого свой флаг; задачу ищут в списке.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::mem;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, Weak};
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
    struct Doze(Thread, Mutex<bool>);

    impl Wake for Doze {
        fn wake(self: Arc<Self>) {
            self.wake_by_ref();
        }

        fn wake_by_ref(self: &Arc<Self>) {
            *self.1.lock().unwrap() = true;
            self.0.unpark();
        }
    }

    let doze = Arc::new(Doze(thread::current(), Mutex::new(true)));
    let waker = Waker::from(Arc::clone(&doze));
    let mut future = pin!(future);
    loop {
        let is_woken = mem::take(&mut *doze.1.lock().unwrap());
        if !is_woken {
            thread::park();
        } else if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return output;
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(pub u64);

struct Task {
    tid: TaskId,
    future: Pin<Box<dyn Future<Output = ()>>>,
    bell: Arc<Bell>,
}

struct Bell {
    tid: TaskId,
    is_queued: AtomicBool,
    queue: Weak<Queue>,
}

#[derive(Default)]
struct Queue {
    bells: Mutex<VecDeque<Arc<Bell>>>,
    sleeper: Mutex<Option<Thread>>,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        let Some(queue) = self.queue.upgrade() else { return };
        if !self.is_queued.swap(true, Ordering::AcqRel) {
            queue.bells.lock().unwrap().push_back(self);
        }
        if let Some(thread) = &*queue.sleeper.lock().unwrap() {
            thread.unpark();
        }
    }
}

#[derive(Default)]
pub struct Executor {
    tasks: Vec<Task>,
    queue: Arc<Queue>,
    last: u64,
}

impl Executor {
    pub fn new() -> Self {
        Default::default()
    }

    pub fn spawn(&mut self, future: impl Future<Output = ()> + 'static) -> TaskId {
        self.last += 1;
        let tid = TaskId(self.last);
        let bell = Arc::new(Bell { tid, is_queued: AtomicBool::new(false), queue: Arc::downgrade(&self.queue) });
        bell.clone().wake();
        self.tasks.push(Task { tid, future: Box::pin(future), bell });
        tid
    }

    pub fn run_ready(&mut self) -> usize {
        loop {
            let Some(bell) = self.queue.bells.lock().unwrap().pop_front() else { return self.tasks.len() };
            bell.is_queued.swap(false, Ordering::AcqRel);
            let Some(place) = self.tasks.iter().position(|task| task.tid == bell.tid) else { continue };
            let task = &mut self.tasks[place];
            let waker = Waker::from(Arc::clone(&task.bell));
            if task.future.as_mut().poll(&mut Context::from_waker(&waker)).is_ready() {
                self.tasks.swap_remove(place);
                println!("Task {} terminated", bell.tid.0);
            }
        }
    }

    pub fn mainloop(&mut self) {
        *self.queue.sleeper.lock().unwrap() = Some(thread::current());
        while self.run_ready() > 0 {
            while self.queue.bells.lock().unwrap().is_empty() {
                thread::park();
            }
        }
    }
}
