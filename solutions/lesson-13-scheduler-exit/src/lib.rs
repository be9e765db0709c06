//! A scheduler that sees its tasks off: the end of a task is a value, so it is an arm of a `match`.

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

/// Says its line `left` more times: `for i in range(left): print(line); yield`.
struct Says {
    line: &'static str,
    left: u32,
}

impl Coroutine<()> for Says {
    type Yield = ();
    type Return = ();

    fn resume(&mut self, (): ()) -> Step<(), ()> {
        match self.left.checked_sub(1) {
            Some(left) => {
                self.left = left;
                println!("{}", self.line);
                Step::Yielded(())
            }
            None => Step::Complete(()),
        }
    }
}

/// The slide's first task: prints `I'm foo` and yields, `n` times over; the step after that prints nothing and completes.
pub fn foo(n: u32) -> impl Coroutine<(), Yield = (), Return = ()> {
    Says { line: "I'm foo", left: n }
}

/// The slide's second task: prints `I'm bar` and yields, `n` times over; the step after that prints nothing and completes.
pub fn bar(n: u32) -> impl Coroutine<(), Yield = (), Return = ()> {
    Says { line: "I'm bar", left: n }
}

/// A coroutine of any type, and the number it goes by.
struct Task {
    tid: TaskId,
    target: Box<dyn Coroutine<(), Yield = (), Return = ()>>,
}

/// Runs coroutines by turns, a step each, on one thread, until all of them have ended.
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
        self.spawned += 1;
        let tid = TaskId(self.spawned);
        self.schedule(Task { tid, target: Box::new(target) });
        tid
    }

    fn schedule(&mut self, task: Task) {
        self.ready.push_back(task);
    }

    /// Runs the tasks by turns until none is left; says of each that it has ended.
    pub fn mainloop(&mut self) {
        while let Some(mut task) = self.ready.pop_front() {
            match task.target.resume(()) {
                Step::Yielded(()) => self.schedule(task),
                Step::Complete(()) => Self::exit(task),
            }
        }
    }

    /// Lets go of a task first, so that what is said of it is true.
    fn exit(task: Task) {
        let TaskId(tid) = task.tid;
        drop(task);
        println!("Task {tid} terminated");
    }
}
