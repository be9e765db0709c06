//! fails: lazy, round-robin, joins-tail, finished, apart, many
//! breaks: goes-on
//! en: Each call of `run_steps` begins with the first task again, because the place in the round is a local variable.
//! Whose turn it is must outlive the call: keep it in the scheduler, or let the queue itself remember.
//! ru: Каждый вызов `run_steps` начинает снова с первой задачи: место в круге хранится в локальной переменной. Чья
//! сейчас очередь, нужно помнить и между вызовами: держите это в планировщике, или пусть помнит сама очередь.

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
    tasks: Vec<Task>,
    spawned: u64,
}

impl Scheduler {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn spawn(&mut self, target: impl Coroutine<(), Yield = (), Return = ()> + 'static) -> TaskId {
        self.tasks.push(Box::new(target));
        self.spawned += 1;
        TaskId(self.spawned)
    }

    pub fn run_steps(&mut self, steps: usize) -> usize {
        let mut next = 0;
        for ran in 0..steps {
            if self.tasks.is_empty() {
                return ran;
            }
            next %= self.tasks.len();
            match self.tasks[next].resume(()) {
                Step::Yielded(()) => next += 1,
                Step::Complete(()) => drop(self.tasks.remove(next)),
            }
        }
        steps
    }
}
