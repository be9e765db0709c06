//! fails: mainloop-wakes
//! en: While a task is polled, its wakes are not noted: it is running anyway. But it may have looked already. A wake during the poll has to make one more.
//! ru: Пока задачу опрашивают, её пробуждения не записываются: она ведь и так работает. Но она, может быть, уже посмотрела. Пробуждение во время опроса должно дать ещё один.

pub use block::block_on;
use std::collections::{BTreeMap, VecDeque};
use std::future::poll_fn;
use std::mem;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
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
            let is_over = future.as_mut().poll(&mut Context::from_waker(waker)).is_ready();
            self.queue.lock().unwrap().ready.retain(|&it| it != tid);
            if is_over {
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

mod block {
    use std::pin::pin;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::task::{Context, Poll, Wake, Waker};
    use std::thread::{self, Thread};

    struct Flag(AtomicBool, Thread);

    impl Wake for Flag {
        fn wake(self: Arc<Self>) {
            self.0.store(true, Ordering::SeqCst);
            self.1.unpark();
        }
    }

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let flag = Arc::new(Flag(AtomicBool::new(false), thread::current()));
        let waker = Waker::from(Arc::clone(&flag));
        loop {
            if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
                return output;
            }
            while !flag.0.swap(false, Ordering::SeqCst) {
                thread::park();
            }
        }
    }
}
