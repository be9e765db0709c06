//! en: Two queues: who still has a turn in this round, and who is in the next one. When the first is empty, they change
//! places.
//! ru: Две очереди: у кого ход в этом круге ещё впереди и кто пойдёт в следующем. Когда первая пуста, они меняются
//! местами.

use std::collections::VecDeque;
use std::mem;

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
    this_round: VecDeque<Task>,
    next_round: VecDeque<Task>,
    last: Option<TaskId>,
}

impl Scheduler {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn spawn(&mut self, target: impl Coroutine<(), Yield = (), Return = ()> + 'static) -> TaskId {
        self.next_round.push_back(Box::new(target));
        let tid = TaskId(self.last.map_or(1, |TaskId(last)| last + 1));
        self.last = Some(tid);
        tid
    }

    pub fn run_steps(&mut self, steps: usize) -> usize {
        for ran in 0..steps {
            if self.this_round.is_empty() {
                mem::swap(&mut self.this_round, &mut self.next_round);
            }
            let Some(mut task) = self.this_round.pop_front() else { return ran };
            if let Step::Yielded(()) = task.resume(()) {
                self.next_round.push_back(task);
            }
        }
        steps
    }
}
