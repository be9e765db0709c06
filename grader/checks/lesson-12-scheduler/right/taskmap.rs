//! en: As on the slide: a map owns the tasks, and numbers wait in the queue. A task that has completed is removed from
//! the map.
//! ru: Как на слайде: задачами владеет словарь, а в очереди стоят номера. Завершившаяся задача удаляется из словаря.

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
}

impl Coroutine<()> for Says {
    type Yield = ();
    type Return = ();

    fn resume(&mut self, (): ()) -> Step<(), ()> {
        println!("{}", self.line);
        Step::Yielded(())
    }
}

pub fn foo() -> impl Coroutine<(), Yield = (), Return = ()> {
    Says { line: "I'm foo" }
}

pub fn bar() -> impl Coroutine<(), Yield = (), Return = ()> {
    Says { line: "I'm bar" }
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

    pub fn run_steps(&mut self, steps: usize) -> usize {
        let mut ran = 0;
        while ran < steps && !self.taskmap.is_empty() {
            let Some(tid) = self.ready.pop_front() else { break };
            let Some(task) = self.taskmap.get_mut(&tid) else { continue };
            match task.resume(()) {
                Step::Yielded(()) => self.schedule(tid),
                Step::Complete(()) => drop(self.taskmap.remove(&tid)),
            }
            ran += 1;
        }
        ran
    }
}
