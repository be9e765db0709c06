//! fails: lazy, finished, any-place, apart, many
//! breaks: as-many-as-asked
//! en: With the queue empty, you wait for a task to come. Nobody can bring one: while `run_steps` runs, it has the
//! scheduler to itself. No task is left, so return how many steps there were.
//! ru: Когда очередь пуста, вы ждёте, пока появится задача. Принести её некому: пока работает `run_steps`, планировщик
//! занят им одним. Задач не осталось — верните, сколько шагов было сделано.

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
    ready: VecDeque<Task>,
    spawned: u64,
}

impl Scheduler {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn spawn(&mut self, target: impl Coroutine<(), Yield = (), Return = ()> + 'static) -> TaskId {
        self.ready.push_back(Box::new(target));
        self.spawned += 1;
        TaskId(self.spawned)
    }

    pub fn run_steps(&mut self, steps: usize) -> usize {
        let mut ran = 0;
        while ran < steps {
            if let Some(mut task) = self.ready.pop_front() {
                if let Step::Yielded(()) = task.resume(()) {
                    self.ready.push_back(task);
                }
                ran += 1;
            }
        }
        ran
    }
}
