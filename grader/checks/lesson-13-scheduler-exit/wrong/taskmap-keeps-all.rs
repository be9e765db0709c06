//! fails: again, dropped-first, apart, large
//! breaks: dropped-then-announced
//! races: yes
//! en: The slide's `exit` has two lines, and the second one, `del self.taskmap[task.tid]`, is missing: your map owns
//! every task that ever ended, as long as the scheduler lives. Remove it from the map, then announce it.
//! ru: В `exit` на слайде две строки, и второй, `del self.taskmap[task.tid]`, у вас нет: словарь владеет всеми
//! задачами, которые когда-либо закончились, пока жив планировщик. Удалите задачу из словаря, потом объявляйте.

use std::collections::{HashMap, VecDeque};

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

type Task = Box<dyn Coroutine<(), Yield = (), Return = ()>>;

#[derive(Default)]
pub struct Scheduler {
    ready: VecDeque<TaskId>,
    taskmap: HashMap<TaskId, Task>,
    spawned: u64,
}

impl Scheduler {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn spawn(&mut self, target: impl Coroutine<(), Yield = (), Return = ()> + 'static) -> TaskId {
        self.spawned += 1;
        let tid = TaskId(self.spawned);
        self.taskmap.insert(tid, Box::new(target));
        self.ready.push_back(tid);
        tid
    }

    pub fn mainloop(&mut self) {
        while let Some(tid) = self.ready.pop_front() {
            let Some(task) = self.taskmap.get_mut(&tid) else { continue };
            match task.resume(()) {
                Step::Yielded(()) => self.ready.push_back(tid),
                Step::Complete(()) => println!("Task {} terminated", tid.0),
            }
        }
    }
}
