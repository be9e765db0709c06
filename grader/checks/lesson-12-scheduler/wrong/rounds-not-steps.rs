//! fails: slide, lazy, for-ever, round-robin, joins-tail, finished, any-place, dropped, apart, any-type, many
//! breaks: as-many-as-asked
//! en: You count rounds: for each of the `steps`, everybody runs once. A step is one `resume` of one task, so
//! `run_steps(3)` may well stop in the middle of a round, and the next call goes on from there.
//! ru: Вы считаете круги: на каждый из `steps` приходится по ходу каждой задачи. Шаг — это один `resume` одной задачи,
//! так что `run_steps(3)` вполне может остановиться посреди круга, а следующий вызов продолжит с этого места.

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
        for _ in 0..steps {
            for _ in 0..self.ready.len() {
                let Some(mut task) = self.ready.pop_front() else { break };
                ran += 1;
                if let Step::Yielded(()) = task.resume(()) {
                    self.ready.push_back(task);
                }
            }
        }
        ran
    }
}
