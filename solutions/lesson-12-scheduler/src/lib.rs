//! Many coroutines, one loop: whoever is at the head of the queue runs a step, and goes to the tail.

use std::collections::VecDeque;

/// What a [`Coroutine`] gives to whoever resumed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<Y, R> {
    /// `yield value`: it is suspended, and waits to be resumed.
    Yielded(Y),
    /// `return value`: it is over, and must not be resumed again.
    Complete(R),
}

/// A function that can stop in the middle, and goes on when it is resumed: lesson 08's.
pub trait Coroutine<In> {
    /// What comes out at each `yield`.
    type Yield;
    /// What comes out at the end.
    type Return;

    /// Runs on to the next `yield`, or to the end; `input` is the value of the `yield` at which it stands.
    fn resume(&mut self, input: In) -> Step<Self::Yield, Self::Return>;
}

/// The number of a task: 1, 2, 3… in the order in which one scheduler was given its tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(pub u64);

/// Says its line at each step, for ever: `while True: print(line); yield`.
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

/// The slide's first task: prints `I'm foo` at each step, and never ends.
pub fn foo() -> impl Coroutine<(), Yield = (), Return = ()> {
    Says { line: "I'm foo" }
}

/// The slide's second task: prints `I'm bar` at each step, and never ends.
pub fn bar() -> impl Coroutine<(), Yield = (), Return = ()> {
    Says { line: "I'm bar" }
}

/// A task in the queue: whatever its own type is, the box owns it and hides it.
type Task = Box<dyn Coroutine<(), Yield = (), Return = ()>>;

/// Runs coroutines by turns, a step each, on one thread.
#[derive(Default)]
pub struct Scheduler {
    ready: VecDeque<Task>,
    spawned: u64,
}

impl Scheduler {
    /// A scheduler without tasks.
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts a task at the tail of the queue, and returns its number; runs nothing of it.
    ///
    /// Each scheduler counts from 1 by itself, and never gives the same number twice.
    pub fn spawn(&mut self, target: impl Coroutine<(), Yield = (), Return = ()> + 'static) -> TaskId {
        self.ready.push_back(Box::new(target));
        self.spawned += 1;
        TaskId(self.spawned)
    }

    /// Runs up to `steps` steps, and returns how many it ran: fewer only if no task is left.
    ///
    /// A step resumes the task at the head of the queue, once. A task that yields goes to the tail; one that completes
    /// is dropped before the next step.
    pub fn run_steps(&mut self, steps: usize) -> usize {
        for ran in 0..steps {
            let Some(mut task) = self.ready.pop_front() else { return ran };
            match task.resume(()) {
                Step::Yielded(()) => self.ready.push_back(task),
                Step::Complete(()) => drop(task),
            }
        }
        steps
    }
}
