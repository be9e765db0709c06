//! fails: apart, owned-tasks
//! breaks: every-type
//! en: With a lifetime on the scheduler, a task may borrow from whoever spawned it, and the scheduler can no longer be
//! returned, stored or sent elsewhere. The signature asks for `'static`, as `thread::spawn` and `tokio::spawn` do: a
//! task owns what it needs.
//! ru: Если у планировщика есть время жизни, задача может заимствовать у того, кто её запустил, но сам планировщик уже
//! нельзя ни вернуть, ни сохранить, ни передать дальше. В сигнатуре стоит `'static`, как у `thread::spawn` и
//! `tokio::spawn`: всем, что нужно задаче, она владеет.

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

type Task<'a> = Box<dyn Coroutine<(), Yield = (), Return = ()> + 'a>;

#[derive(Default)]
pub struct Scheduler<'a> {
    ready: VecDeque<Task<'a>>,
    spawned: u64,
}

impl<'a> Scheduler<'a> {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn spawn(&mut self, target: impl Coroutine<(), Yield = (), Return = ()> + 'a) -> TaskId {
        self.ready.push_back(Box::new(target));
        self.spawned += 1;
        TaskId(self.spawned)
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
