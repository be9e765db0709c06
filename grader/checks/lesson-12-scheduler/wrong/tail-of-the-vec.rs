//! fails: lazy, joins-tail, apart
//! breaks: joins-the-tail
//! en: The end of your `Vec` is not the tail of the queue. In the middle of a round, the tasks before `next` have had
//! their turn, and wait behind those after it; a newcomer pushed at the end gets ahead of them. Its place is right
//! before `next`.
//! ru: Конец вашего `Vec` — не хвост очереди. Посреди круга задачи до `next` свой ход уже сделали и ждут позади тех,
//! что после; новичок, добавленный в конец, оказывается впереди них. Его место — прямо перед `next`.

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
    next: usize,
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
        for ran in 0..steps {
            if self.tasks.is_empty() {
                return ran;
            }
            self.next %= self.tasks.len();
            match self.tasks[self.next].resume(()) {
                Step::Yielded(()) => self.next += 1,
                Step::Complete(()) => drop(self.tasks.remove(self.next)),
            }
        }
        steps
    }
}
