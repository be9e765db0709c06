//! fails: slide, lazy, for-ever, apart, any-type
//! breaks: every-type
//! en: `Scheduler<C>` holds tasks of one type, and `foo()` and `bar()` are of two, although both are a `Says`: each
//! `impl Coroutine` is a type of its own. A box of `dyn Coroutine<(), Yield = (), Return = ()>` holds either.
//! ru: `Scheduler<C>` хранит задачи одного типа, а `foo()` и `bar()` — двух разных, хотя внутри у обеих `Says`: каждый
//! `impl Coroutine` — отдельный тип. В `Box` с `dyn Coroutine<(), Yield = (), Return = ()>` поместится любая.

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

pub struct Scheduler<C> {
    ready: VecDeque<C>,
    spawned: u64,
}

impl<C: Coroutine<(), Yield = (), Return = ()>> Scheduler<C> {
    pub fn new() -> Self {
        Scheduler { ready: VecDeque::new(), spawned: 0 }
    }

    pub fn spawn(&mut self, target: C) -> TaskId {
        self.ready.push_back(target);
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
