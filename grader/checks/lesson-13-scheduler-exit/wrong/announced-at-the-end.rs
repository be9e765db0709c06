//! fails: uneven, many, together, nothing-to-do, again, dropped-first, apart, any-type
//! breaks: announced-at-once
//! en: You collect the numbers, and announce all the ends when the loop is over. With `foo(2)` and `bar(2)` that looks
//! the same; with `foo(1)` and `bar(3)` task 1 ends while task 2 still has lines to print. Announce an end when it
//! happens.
//! ru: Вы собираете номера и объявляете обо всех сразу, когда цикл закончился. С `foo(2)` и `bar(2)` разницы не видно,
//! но при `foo(1)` и `bar(3)` задача 1 кончается, пока задаче 2 ещё печатать и печатать. Объявляйте о конце тогда,
//! когда он наступил.

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
    left: u32,
}

impl Coroutine<()> for Says {
    type Yield = ();
    type Return = ();

    fn resume(&mut self, (): ()) -> Step<(), ()> {
        if self.left == 0 {
            return Step::Complete(());
        }
        self.left -= 1;
        println!("{}", self.line);
        Step::Yielded(())
    }
}

pub fn foo(n: u32) -> impl Coroutine<(), Yield = (), Return = ()> {
    Says { line: "I'm foo", left: n }
}

pub fn bar(n: u32) -> impl Coroutine<(), Yield = (), Return = ()> {
    Says { line: "I'm bar", left: n }
}

struct Task {
    tid: TaskId,
    target: Box<dyn Coroutine<(), Yield = (), Return = ()>>,
}

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
        self.spawned += 1;
        let tid = TaskId(self.spawned);
        self.ready.push_back(Task { tid, target: Box::new(target) });
        tid
    }

    pub fn mainloop(&mut self) {
        let mut terminated = Vec::new();
        while let Some(mut task) = self.ready.pop_front() {
            match task.target.resume(()) {
                Step::Yielded(()) => self.ready.push_back(task),
                Step::Complete(()) => terminated.push(task.tid),
            }
        }
        for TaskId(tid) in terminated {
            println!("Task {tid} terminated");
        }
    }
}
