//! en: A step takes the task, and gives back either the task or the number of one that is no more. `foo` and `bar` are
//! iterators, as in lesson 03.
//! ru: Шаг забирает задачу и возвращает либо её же, либо номер той, которой больше нет. А `foo` и `bar` — итераторы, как
//! в уроке 03.

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

struct Drained<I>(I);

impl<I: Iterator<Item = ()>> Coroutine<()> for Drained<I> {
    type Yield = ();
    type Return = ();

    fn resume(&mut self, (): ()) -> Step<(), ()> {
        self.0.next().map_or(Step::Complete(()), Step::Yielded)
    }
}

pub fn foo(n: u32) -> impl Coroutine<(), Yield = (), Return = ()> {
    Drained((0..n).map(|_| println!("I'm foo")))
}

pub fn bar(n: u32) -> impl Coroutine<(), Yield = (), Return = ()> {
    Drained((0..n).map(|_| println!("I'm bar")))
}

struct Task {
    tid: TaskId,
    target: Box<dyn Coroutine<(), Yield = (), Return = ()>>,
}

impl Task {
    fn step(mut self) -> Result<Task, TaskId> {
        match self.target.resume(()) {
            Step::Yielded(()) => Ok(self),
            Step::Complete(()) => Err(self.tid),
        }
    }
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
        while let Some(task) = self.ready.pop_front() {
            match task.step() {
                Ok(task) => self.ready.push_back(task),
                Err(TaskId(tid)) => println!("Task {tid} terminated"),
            }
        }
    }
}
