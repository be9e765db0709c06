//! fails: ids, many
//! breaks: own-numbers
//! en: The number is the length of the queue, so it comes round again once a task is over, and two tasks may answer to
//! one number. Count how many were spawned, not how many are left.
//! ru: Номер у вас — длина очереди, поэтому после завершения задачи он выдаётся снова, и на один номер могут
//! откликнуться две задачи. Считайте, сколько запущено, а не сколько осталось.

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
}

impl Scheduler {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn spawn(&mut self, target: impl Coroutine<(), Yield = (), Return = ()> + 'static) -> TaskId {
        self.ready.push_back(Box::new(target));
        TaskId(self.ready.len() as u64)
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
