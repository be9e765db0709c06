//! fails: uneven, many, together, nothing-to-do, again, ids, dropped-first, apart, any-type, large
//! breaks: never-again
//! en: You announce the end of a task, and then put it back like any other: the slide's `exit` is followed by a
//! `continue` for that reason. Make putting back and seeing off the two arms of one `match`, and there is nothing to
//! forget.
//! ru: Вы объявляете о конце задачи, а потом возвращаете её в очередь, как любую другую: ровно поэтому на слайде за
//! `exit` стоит `continue`. Сделайте возвращение и проводы двумя ветвями одного `match` — и забывать будет нечего.

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
    alive: usize,
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
        self.alive += 1;
        tid
    }

    pub fn mainloop(&mut self) {
        while self.alive > 0 {
            let Some(mut task) = self.ready.pop_front() else { break };
            if let Step::Complete(()) = task.target.resume(()) {
                self.exit(&task);
            }
            self.ready.push_back(task);
        }
    }

    fn exit(&mut self, task: &Task) {
        println!("Task {} terminated", task.tid.0);
        self.alive -= 1;
    }
}
