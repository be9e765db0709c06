//! fails: finished, any-place, dropped, many
//! breaks: by-turns
//! en: After `tasks.remove(i)` the next task stands at `i`, and you go on to `i + 1`: whoever follows a task that has
//! completed loses a turn. Move on only if the task stays; in a `VecDeque` there is no index to get wrong.
//! ru: После `tasks.remove(i)` следующая задача стоит на месте `i`, а вы идёте к `i + 1`: тот, кто стоял за
//! завершившейся задачей, теряет ход. Сдвигайтесь, только если задача осталась; в `VecDeque` нет индекса, с которым
//! можно ошибиться.

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
                self.next = 0;
                return ran;
            }
            self.next %= self.tasks.len();
            if let Step::Complete(()) = self.tasks[self.next].resume(()) {
                self.tasks.remove(self.next);
            }
            self.next += 1;
        }
        self.next = self.next.min(self.tasks.len());
        steps
    }
}
