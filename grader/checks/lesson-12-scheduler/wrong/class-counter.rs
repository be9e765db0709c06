//! fails: ids
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

static SPAWNED: AtomicU64 = AtomicU64::new(0);

#[derive(Default)]
pub struct Scheduler {
    ready: VecDeque<Task>,
}

impl Scheduler {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn spawn(&mut self, target: impl Coroutine<(), Yield = (), Return = ()> + 'static) -> TaskId {
        self.ready.push_back(Box::new(target));
        TaskId(SPAWNED.fetch_add(1, Ordering::Relaxed) + 1)
    }

    pub fn run_steps(&mut self, steps: usize) -> usize {
        for ran in 0..steps {
            let Some(mut task) = self.ready.pop_front() else { return ran };
            if let Step::Yielded(()) = task.resume(()) {
                self.ready.push_back(task);
            }
        }
        steps
    }
}
