//! fails: uneven, together, ids, apart
//! breaks: own-numbers
//! en: Your counter is one for the whole program, like the slide's `Task.taskid`, so a second scheduler goes on where
//! the first one is. Numbers belong to the scheduler that gives them out: count in a field.
//! ru: Счётчик у вас один на всю программу, как `Task.taskid` на слайде, поэтому второй планировщик продолжает
//! нумерацию первого. Номера принадлежат планировщику, который их выдаёт: считайте в поле.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<Y, R> {
    Yielded(Y),
    Complete(R),
}

pub trait Coroutine<In> {
    type Yield;
    type Return;

    fn resume(&mut self, input: In) -> Step<Self::Yield, Self::Return>;
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(pub u64);

struct Says {
    line: &'static str,
    left: u32,
}

impl Coroutine<()> for Says {
    type Yield = ();
    type Return = ();

    fn resume(&mut self, (): ()) -> Step<(), ()> {
        if self.left == 0 {
            return Step::Complete(());
        }
        self.left -= 1;
        println!("{}", self.line);
        Step::Yielded(())
    }
}

pub fn foo(n: u32) -> impl Coroutine<(), Yield = (), Return = ()> {
    Says { line: "I'm foo", left: n }
}

pub fn bar(n: u32) -> impl Coroutine<(), Yield = (), Return = ()> {
    Says { line: "I'm bar", left: n }
}

static SPAWNED: AtomicU64 = AtomicU64::new(1);

struct Task {
    tid: TaskId,
    target: Box<dyn Coroutine<(), Yield = (), Return = ()>>,
}

#[derive(Default)]
pub struct Scheduler {
    ready: VecDeque<Task>,
}

impl Scheduler {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn spawn(&mut self, target: impl Coroutine<(), Yield = (), Return = ()> + 'static) -> TaskId {
        let tid = TaskId(SPAWNED.fetch_add(1, Ordering::Relaxed));
        self.ready.push_back(Task { tid, target: Box::new(target) });
        tid
    }

    pub fn mainloop(&mut self) {
        while let Some(mut task) = self.ready.pop_front() {
            match task.target.resume(()) {
                Step::Yielded(()) => self.ready.push_back(task),
                Step::Complete(()) => Self::exit(task),
            }
        }
    }

    fn exit(task: Task) {
        let TaskId(tid) = task.tid;
        drop(task);
        println!("Task {tid} terminated");
    }
}
