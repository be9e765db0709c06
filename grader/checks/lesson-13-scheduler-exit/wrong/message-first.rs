//! fails: again, dropped-first, apart
//! breaks: dropped-then-announced
//! en: You say that the task is terminated while it is still there, with all that it holds: `task` is dropped at the
//! end of its scope, after the `println!`. Take the number out, `drop(task)`, then print.
//! ru: Вы говорите, что задача закончилась, а она ещё здесь, со всем, что в ней лежит: `task` уничтожится в конце своей
//! области видимости, после `println!`. Достаньте номер, сделайте `drop(task)`, потом печатайте.

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
            match task.target.resume(()) {
                Step::Yielded(()) => self.ready.push_back(task),
                Step::Complete(()) => Self::exit(task),
            }
        }
    }

    fn exit(task: Task) {
        println!("Task {} terminated", task.tid.0);
    }
}
