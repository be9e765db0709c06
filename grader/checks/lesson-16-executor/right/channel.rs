//! en: The ready queue is a channel, whose `recv` is where `mainloop` sleeps; a flag in each waker says whether its task is queued. `block_on` waits on a channel that holds one wake.
//! ru: Очередь готовых — канал, и спит `mainloop` в его `recv`; флаг в каждом будильнике говорит, стоит ли задача в очереди. `block_on` ждёт на канале, который вмещает одно пробуждение.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::mem;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
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

struct Knock(SyncSender<()>);

impl Wake for Knock {
    fn wake(self: Arc<Self>) {
        let _ = self.0.try_send(());
    }
}

pub fn block_on<F: Future>(future: F) -> F::Output {
    let (knock, door) = sync_channel(1);
    let waker = Waker::from(Arc::new(Knock(knock)));
    let mut future = Box::pin(future);
    loop {
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(output) => return output,
            Poll::Pending => door.recv().unwrap(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(pub u64);

pub struct Executor {
    tasks: BTreeMap<TaskId, Pin<Box<dyn Future<Output = ()>>>>,
    sender: Sender<Arc<Bell>>,
    ready: Receiver<Arc<Bell>>,
    last: u64,
}

struct Bell {
    tid: TaskId,
    is_queued: AtomicBool,
    queue: Sender<Arc<Bell>>,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        if !self.is_queued.swap(true, Ordering::SeqCst) {
            let _ = self.queue.send(self.clone());
        }
    }
}

impl Default for Executor {
    fn default() -> Self {
        let (sender, ready) = channel();
        Executor { tasks: BTreeMap::new(), sender, ready, last: 0 }
    }
}

impl Executor {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn spawn<F: Future<Output = ()> + 'static>(&mut self, future: F) -> TaskId {
        self.last += 1;
        let tid = TaskId(self.last);
        self.tasks.insert(tid, Box::pin(future));
        Arc::new(Bell { tid, is_queued: AtomicBool::new(false), queue: self.sender.clone() }).wake();
        tid
    }

    fn answer(&mut self, bell: Arc<Bell>) {
        bell.is_queued.store(false, Ordering::SeqCst);
        let tid = bell.tid;
        if let Some(task) = self.tasks.get_mut(&tid)
            && task.as_mut().poll(&mut Context::from_waker(&bell.into())).is_ready()
        {
            drop(self.tasks.remove(&tid));
            println!("Task {} terminated", tid.0);
        }
    }

    pub fn run_ready(&mut self) -> usize {
        while let Ok(bell) = self.ready.try_recv() {
            self.answer(bell);
        }
        self.tasks.len()
    }

    pub fn mainloop(&mut self) {
        while !self.tasks.is_empty() {
            if let Ok(bell) = self.ready.recv() {
                self.answer(bell);
            }
        }
    }
}
