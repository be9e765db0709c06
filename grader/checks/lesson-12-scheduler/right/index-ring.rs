//! en: The queue is a ring: a `Vec`, and the index of whoever is next. A newcomer is inserted right before that index.
//! ru: Очередь — это кольцо: `Vec` и индекс того, чей сейчас ход. Новичка вставляют прямо перед этим индексом.

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
        self.tasks.insert(self.next, Box::new(target));
        self.next += 1;
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
