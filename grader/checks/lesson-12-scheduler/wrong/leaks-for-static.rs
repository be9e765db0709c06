//! fails: dropped, apart, many
//! breaks: dropped-at-once, dropped-with-it
//! en: `Box::leak` does give you a `&'static mut` to put into the queue, at the price that nobody ever drops the task.
//! `'static` doesn't ask for a task that lives for ever, only for one that borrows nothing shorter-lived: the `Box`
//! itself will do.
//! ru: `Box::leak` и правда даёт `&'static mut`, которую можно положить в очередь, — но задачу тогда не уничтожит никто
//! и никогда. `'static` не требует, чтобы задача жила вечно: она лишь не должна заимствовать то, что живёт меньше.
//! Годится и сам `Box`.

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

type Task = &'static mut dyn Coroutine<(), Yield = (), Return = ()>;

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
        self.ready.push_back(Box::leak(Box::new(target)));
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
