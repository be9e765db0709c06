//! fails: again, ids, large
//! breaks: own-numbers
//! en: The number is the length of the queue, so once the first tasks are over, the next ones get their numbers, and
//! `Task 1 terminated` comes twice. Count how many were spawned, not how many are left.
//! ru: Номер у вас — длина очереди, поэтому, когда первые задачи кончились, следующие получают их номера, и `Task 1
//! terminated` выходит дважды. Считайте, сколько запущено, а не сколько осталось.

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
        let tid = TaskId(self.ready.len() as u64 + 1);
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
