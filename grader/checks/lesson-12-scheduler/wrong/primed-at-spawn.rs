//! fails: slide, lazy, for-ever, round-robin, joins-tail, finished, any-place, dropped, apart, any-type, many
//! breaks: spawn-runs-nothing
//! en: `spawn` takes the first step itself, as lesson 10's `@coroutine` does. There a coroutine must stand at its
//! `yield` before something can be sent to it. Here nothing is sent: a new task just waits for its turn, and none of it
//! has run.
//! ru: `spawn` сам делает первый шаг, как `@coroutine` в уроке 10. Там корутина должна стоять на своём `yield`, чтобы
//! ей можно было что-то послать. Здесь никто ничего не посылает: новая задача просто ждёт очереди, и ни одна её строка
//! ещё не выполнена.

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

    pub fn spawn(&mut self, mut target: impl Coroutine<(), Yield = (), Return = ()> + 'static) -> TaskId {
        target.resume(());
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
