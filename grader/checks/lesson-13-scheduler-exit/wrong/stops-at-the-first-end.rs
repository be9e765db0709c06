//! fails: slide, uneven, many, together, nothing-to-do, again, ids, dropped-first, apart, any-type, large
//! breaks: until-none-is-left
//! en: The first task that ends takes `mainloop` with it: that is the slide before this one, where `StopIteration` flew
//! out of the loop. Announce that one task, and go on with the others.
//! ru: Первая же завершившаяся задача уносит с собой весь `mainloop`: так было на прошлом слайде, где `StopIteration`
//! вылетал из цикла. Объявите о конце одной задачи и продолжайте с остальными.

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
        while let Some(mut task) = self.ready.pop_front() {
            let Step::Yielded(()) = task.target.resume(()) else {
                Self::exit(task);
                return;
            };
            self.ready.push_back(task);
        }
    }

    fn exit(task: Task) {
        let TaskId(tid) = task.tid;
        drop(task);
        println!("Task {tid} terminated");
    }
}
