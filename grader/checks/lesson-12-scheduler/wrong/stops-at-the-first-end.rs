//! fails: finished, any-place, dropped, apart, many
//! breaks: as-many-as-asked
//! en: When a task completes, you leave `run_steps`, as the slide's `StopIteration` leaves `mainloop`. One task is
//! over; the others still have steps to take. `Complete` is a value that nobody has to raise any further.
//! ru: Когда задача завершается, вы выходите из `run_steps`, как `StopIteration` на слайде вылетает из `mainloop`.
//! Кончилась одна задача, а у остальных шаги ещё есть. `Complete` — значение, и поднимать его выше незачем.

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
            let Some(mut task) = self.ready.pop_front() else { break };
            ran += 1;
            match task.resume(()) {
                Step::Yielded(()) => self.ready.push_back(task),
                Step::Complete(()) => break,
            }
        }
        ran
    }
}
