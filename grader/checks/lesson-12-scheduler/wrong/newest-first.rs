//! fails: slide, lazy, for-ever, round-robin, joins-tail, finished, any-place, dropped, apart, any-type, many
//! breaks: by-turns, joins-the-tail
//! en: Your queue is a stack: `push` and `pop` work at the same end of a `Vec`, so the task that has just run is the
//! next to run, and nobody else gets a turn. Take from one end and put back at the other: `pop_front` and `push_back`
//! of a `VecDeque`.
//! ru: Ваша очередь — это стек: `push` и `pop` работают с одним и тем же концом `Vec`, поэтому следующей пойдёт та
//! задача, что шла только что, а до остальных очередь не доходит. Берите с одного конца, а кладите на другой:
//! `pop_front` и `push_back` у `VecDeque`.

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
    ready: Vec<Task>,
    spawned: u64,
}

impl Scheduler {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn spawn(&mut self, target: impl Coroutine<(), Yield = (), Return = ()> + 'static) -> TaskId {
        self.ready.push(Box::new(target));
        self.spawned += 1;
        TaskId(self.spawned)
    }

    pub fn run_steps(&mut self, steps: usize) -> usize {
        for ran in 0..steps {
            let Some(mut task) = self.ready.pop() else { return ran };
            if let Step::Yielded(()) = task.resume(()) {
                self.ready.push(task);
            }
        }
        steps
    }
}
