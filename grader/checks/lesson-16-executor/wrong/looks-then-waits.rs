//! fails: wake-any-time, mainloop-wakes
//! en: You look at the flag under the lock, let go, and then wait on the condition variable. A wake in between finds nobody who waits. `Condvar::wait` takes the guard that you looked with.
//! ru: Вы смотрите на флаг под мьютексом, отпускаете его и лишь потом ждёте на условной переменной. Пробуждение посередине никого не застанет. `Condvar::wait` берёт того же стража, под которым вы смотрели.

use std::collections::{BTreeMap, VecDeque};
use std::future::poll_fn;
use std::mem;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(pub u64);

#[derive(Default)]
pub struct Executor {
    tasks: BTreeMap<TaskId, (Pin<Box<dyn Future<Output = ()>>>, Waker)>,
    queue: Arc<Mutex<Queue>>,
    last: u64,
}

#[derive(Default)]
struct Queue {
    ready: VecDeque<TaskId>,
    sleeper: Option<Waker>,
}

struct Bell(TaskId, Arc<Mutex<Queue>>);

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        let mut queue = self.1.lock().unwrap();
        if !queue.ready.contains(&self.0) {
            queue.ready.push_back(self.0);
        }
        let sleeper = queue.sleeper.take();
        drop(queue);
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
        let waker = Waker::from(Arc::new(Bell(tid, Arc::clone(&self.queue))));
        waker.wake_by_ref();
        self.tasks.insert(tid, (Box::pin(future), waker));
        tid
    }

    pub fn run_ready(&mut self) -> usize {
        loop {
            let next = self.queue.lock().unwrap().ready.pop_front();
            let Some(tid) = next else { return self.tasks.len() };
            let Some((future, waker)) = self.tasks.get_mut(&tid) else { continue };
            if future.as_mut().poll(&mut Context::from_waker(waker)).is_ready() {
                self.tasks.remove(&tid);
            }
        }
    }

    pub fn mainloop(&mut self) {
        block_on(poll_fn(|cx| {
            self.queue.lock().unwrap().sleeper = Some(cx.waker().clone());
            if self.run_ready() == 0 { Poll::Ready(()) } else { Poll::Pending }
        }));
    }
}

#[derive(Default)]
struct Signal(AtomicBool, Mutex<()>, Condvar);

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::SeqCst);
        self.2.notify_one();
    }
}

pub fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let signal: Arc<Signal> = Arc::default();
    let waker = Waker::from(Arc::clone(&signal));
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return output;
        }
        while !signal.0.swap(false, Ordering::SeqCst) {
            drop(signal.2.wait(signal.1.lock().unwrap()).unwrap());
        }
    }
}
