//! en: As on the slide: a map owns the tasks, numbers wait in the queue, and `exit` removes from the map.
//! ru: Как на слайде: задачами владеет словарь, в очереди стоят номера, а `exit` удаляет из словаря.

use std::collections::{BTreeMap, VecDeque};

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

type Task = Box<dyn Coroutine<(), Yield = (), Return = ()>>;

#[derive(Default)]
pub struct Scheduler {
    ready: VecDeque<TaskId>,
    taskmap: BTreeMap<TaskId, Task>,
    spawned: u64,
}

impl Scheduler {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn spawn(&mut self, target: impl Coroutine<(), Yield = (), Return = ()> + 'static) -> TaskId {
        self.spawned += 1;
        let tid = TaskId(self.spawned);
        self.taskmap.insert(tid, Box::new(target));
        self.schedule(tid);
        tid
    }

    fn schedule(&mut self, tid: TaskId) {
        self.ready.push_back(tid);
    }

    fn exit(&mut self, tid: TaskId) {
        self.taskmap.remove(&tid);
        println!("Task {} terminated", tid.0);
    }

    pub fn mainloop(&mut self) {
        while !self.taskmap.is_empty() {
            let Some(tid) = self.ready.pop_front() else { break };
            let Some(task) = self.taskmap.get_mut(&tid) else { continue };
            match task.resume(()) {
                Step::Yielded(()) => self.schedule(tid),
                Step::Complete(()) => self.exit(tid),
            }
        }
    }
}
