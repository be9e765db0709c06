//! The executor: after a poll it takes the task off the queue, and with it a wake that came during the poll.

pub use block::block_on;
use std::collections::{BTreeMap, VecDeque};
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
