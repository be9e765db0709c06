//! en: Lesson 16's executor: a queue of woken tasks, each with a waker of its own. The runtime is left with the clock, and with putting the thread to sleep.
//! ru: Исполнитель из урока 16: очередь разбуженных задач, у каждой свой будильник. Среде выполнения остаются часы и сон потока ОС.

use futures::future::join_all;
use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

pub struct EventLoop {
    clock: Runtime,
    tasks: RefCell<HashMap<u64, Task>>,
    created: RefCell<u64>,
    ready: Arc<Ready>,
}

/// The numbers of the tasks to poll, and whom to wake when there is a new one.
#[derive(Default)]
struct Ready(Mutex<(VecDeque<u64>, Option<Waker>)>);

impl Ready {
    fn push(&self, id: u64) {
        let (queue, sleeper) = &mut *self.0.lock().unwrap();
        if !queue.contains(&id) {
            queue.push_back(id);
        }
        if let Some(sleeper) = sleeper.take() {
            sleeper.wake();
        }
    }

    /// How many there are; whoever pushes the next one calls this waker.
    fn len_or_wake(&self, waker: &Waker) -> usize {
        let (queue, sleeper) = &mut *self.0.lock().unwrap();
        *sleeper = Some(waker.clone());
        queue.len()
    }

    fn pop(&self) -> Option<u64> {
        self.0.lock().unwrap().0.pop_front()
    }
}

struct TaskWaker(u64, Arc<Ready>);

impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        self.1.push(self.0);
    }
}

impl EventLoop {
    pub fn new() -> Self {
        let clock = Builder::new_current_thread().enable_time().build().unwrap();
        EventLoop { clock, tasks: RefCell::default(), created: RefCell::new(0), ready: Arc::default() }
    }

    pub fn create_task(&self, future: impl Future<Output = ()> + Send + 'static) {
        let id = self.created.replace_with(|id| *id + 1);
        self.tasks.borrow_mut().insert(id, Box::pin(future));
        self.ready.push(id);
    }

    pub fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        let mut future = pin!(future);
        self.clock.block_on(poll_fn(|cx| {
            if let Poll::Ready(output) = future.as_mut().poll(cx) {
                return Poll::Ready(output);
            }
            for _ in 0..self.ready.len_or_wake(cx.waker()) {
                if let Some(id) = self.ready.pop() {
                    self.poll_task(id);
                }
            }
            Poll::Pending
        }))
    }

    fn poll_task(&self, id: u64) {
        // Taken out while it is polled: it may create tasks.
        let Some(mut task) = self.tasks.borrow_mut().remove(&id) else { return };
        let waker = Waker::from(Arc::new(TaskWaker(id, Arc::clone(&self.ready))));
        let polled = catch_unwind(AssertUnwindSafe(|| task.as_mut().poll(&mut Context::from_waker(&waker))));
        if let Ok(Poll::Pending) = polled {
            self.tasks.borrow_mut().insert(id, task);
        }
    }

    pub fn close(self) {}
}

pub async fn count(pause: Duration) {
    println!("One");
    tokio::time::sleep(pause).await;
    println!("Two");
}

pub async fn gather<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    join_all(futures).await
}
