//! fails: by-hand, nothing-to-do
//! breaks: n-lines
//! en: You print first and look at the count afterwards, so even `foo(0)` says a line. `for i in range(n)` looks first,
//! at every step; the step that finds nothing left prints nothing, and completes.
//! ru: Вы сначала печатаете, а на счётчик смотрите потом, поэтому строку говорит даже `foo(0)`. `for i in range(n)`
//! сначала смотрит — на каждом шаге; тот шаг, что ничего не нашёл, ничего не печатает и завершает задачу.

use std::collections::VecDeque;

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
    over: bool,
}

impl Coroutine<()> for Says {
    type Yield = ();
    type Return = ();

    fn resume(&mut self, (): ()) -> Step<(), ()> {
        if self.over {
            return Step::Complete(());
        }
        println!("{}", self.line);
        self.left = self.left.saturating_sub(1);
        self.over = self.left == 0;
        Step::Yielded(())
    }
}

pub fn foo(n: u32) -> impl Coroutine<(), Yield = (), Return = ()> {
    Says { line: "I'm foo", left: n, over: false }
}

pub fn bar(n: u32) -> impl Coroutine<(), Yield = (), Return = ()> {
    Says { line: "I'm bar", left: n, over: false }
}

struct Task {
    tid: TaskId,
    target: Box<dyn Coroutine<(), Yield = (), Return = ()>>,
}

#[derive(Default)]
pub struct Scheduler {
    ready: VecDeque<Task>,
    spawned: u64,
}

impl Scheduler {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn spawn(&mut self, target: impl Coroutine<(), Yield = (), Return = ()> + 'static) -> TaskId {
        self.spawned += 1;
        let tid = TaskId(self.spawned);
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
