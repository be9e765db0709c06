//! fails: finished, any-place, dropped, apart, many
//! breaks: never-again, dropped-at-once
//! en: You put every task back, whatever `resume` has returned: the slide's `self.schedule(task)`. There a finished
//! task never gets so far, since `StopIteration` jumps out of `mainloop`. Here the end is an ordinary value,
//! `Complete`: match on it.
//! ru: Вы возвращаете в очередь всех, что бы ни вернул `resume`: это `self.schedule(task)` со слайда. Там завершившаяся
//! задача до этой строки не доходит, потому что `StopIteration` вылетает из `mainloop`. Здесь конец — обычное значение,
//! `Complete`: разберите его через `match`.

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
        for ran in 0..steps {
            let Some(mut task) = self.ready.pop_front() else { return ran };
            task.resume(());
            self.ready.push_back(task);
        }
        steps
    }
}
