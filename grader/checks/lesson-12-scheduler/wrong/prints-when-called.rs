//! fails: slide, lazy, for-ever
//! breaks: calls-are-silent, foo-and-bar
//! en: You print in `foo()` itself, so the line is out as soon as the task is made, and only once. In Python, too,
//! calling `foo()` runs nothing: the body waits for the first `next`. Here the body is `resume`.
//! ru: Вы печатаете прямо в `foo()`, поэтому строка выходит, едва задача создана, и только один раз. В Python вызов
//! `foo()` тоже ничего не выполняет: тело ждёт первого `next`. Здесь тело — это `resume`.

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

struct Yields;

impl Coroutine<()> for Yields {
    type Yield = ();
    type Return = ();

    fn resume(&mut self, (): ()) -> Step<(), ()> {
        Step::Yielded(())
    }
}

pub fn foo() -> impl Coroutine<(), Yield = (), Return = ()> {
    println!("I'm foo");
    Yields
}

pub fn bar() -> impl Coroutine<(), Yield = (), Return = ()> {
    println!("I'm bar");
    Yields
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
        for ran in 0..steps {
            let Some(mut task) = self.ready.pop_front() else { return ran };
            if let Step::Yielded(()) = task.resume(()) {
                self.ready.push_back(task);
            }
        }
        steps
    }
}
