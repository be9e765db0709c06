//! fails: nothing-to-do, again
//! breaks: until-none-is-left
//! en: You ask for a task first and look whether any is left afterwards, so with nothing to do you wait for a task that
//! nobody can bring. The slide looks first: `while self.taskmap:`.
//! ru: Вы сначала просите задачу, а остались ли они, смотрите потом, поэтому без задач вы ждёте ту, которую принести
//! некому. На слайде сначала смотрят: `while self.taskmap:`.

use std::sync::mpsc::{Receiver, Sender, channel};

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

pub struct Scheduler {
    put: Sender<Task>,
    get: Receiver<Task>,
    alive: usize,
    spawned: u64,
}

impl Scheduler {
    pub fn new() -> Self {
        let (put, get) = channel();
        Scheduler { put, get, alive: 0, spawned: 0 }
    }

    pub fn spawn(&mut self, target: impl Coroutine<(), Yield = (), Return = ()> + 'static) -> TaskId {
        self.spawned += 1;
        let tid = TaskId(self.spawned);
        self.schedule(Task { tid, target: Box::new(target) });
        self.alive += 1;
        tid
    }

    fn schedule(&self, task: Task) {
        self.put.send(task).unwrap();
    }

    pub fn mainloop(&mut self) {
        loop {
            let mut task = self.get.recv().unwrap();
            match task.target.resume(()) {
                Step::Yielded(()) => self.schedule(task),
                Step::Complete(()) => self.exit(task),
            }
            if self.alive == 0 {
                break;
            }
        }
    }

    fn exit(&mut self, task: Task) {
        let TaskId(tid) = task.tid;
        drop(task);
        println!("Task {tid} terminated");
        self.alive -= 1;
    }
}
