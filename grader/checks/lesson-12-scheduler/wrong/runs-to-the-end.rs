//! fails: slide, lazy, for-ever, round-robin, joins-tail, finished, any-place, dropped, apart, any-type, many
//! breaks: by-turns
//! en: You keep on resuming the same task until it completes, and `foo` never does. A `yield` says "now somebody else":
//! after one `resume`, a task that yielded goes to the tail.
//! ru: Вы возобновляете одну и ту же задачу, пока она не завершится, а `foo` не завершается никогда. `yield` значит
//! «теперь пусть кто-нибудь другой»: после одного `resume` уступившая задача уходит в хвост.

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
            let Some(task) = self.ready.front_mut() else { break };
            if let Step::Complete(()) = task.resume(()) {
                self.ready.pop_front();
            }
            ran += 1;
        }
        ran
    }
}
