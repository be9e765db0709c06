//! fails: dropped, many
//! races: yes
//! breaks: dropped-at-once
//! en: A task that has completed is no longer in the queue, but your `taskmap` still owns it, with everything in it, as
//! long as the scheduler lives. Remove it there too; or let the queue own the tasks, and no map is needed.
//! ru: Завершившейся задачи в очереди больше нет, но ею всё ещё владеет ваш `taskmap` — со всем, что в ней есть, пока
//! жив планировщик. Удаляйте её и оттуда; а если задачами владеет сама очередь, словарь не нужен вовсе.

use std::collections::{HashMap, VecDeque};

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
    taskmap: HashMap<TaskId, Task>,
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
        self.ready.push_back(tid);
        tid
    }

    pub fn run_steps(&mut self, steps: usize) -> usize {
        for ran in 0..steps {
            let Some(tid) = self.ready.pop_front() else { return ran };
            let Some(task) = self.taskmap.get_mut(&tid) else { continue };
            if let Step::Yielded(()) = task.resume(()) {
                self.ready.push_back(tid);
            }
        }
        steps
    }
}
