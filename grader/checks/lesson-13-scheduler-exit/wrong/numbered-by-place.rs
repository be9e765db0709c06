//! fails: slide, uneven, many, together, nothing-to-do, again, ids, dropped-first, apart, any-type, large
//! breaks: dropped-then-announced
//! en: You announce the place at which a task stands in the queue, and that changes as soon as somebody leaves. A
//! task's number is given once, by `spawn`, and stays: keep it beside the coroutine.
//! ru: Вы объявляете место задачи в очереди, а оно меняется, стоит кому-нибудь уйти. Номер задаче дают один раз, в
//! `spawn`, и он остаётся: храните его рядом с корутиной.

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
    tasks: Vec<Task>,
    spawned: u64,
}

impl Scheduler {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn spawn(&mut self, target: impl Coroutine<(), Yield = (), Return = ()> + 'static) -> TaskId {
        self.tasks.push(Box::new(target));
        self.spawned += 1;
        TaskId(self.spawned)
    }

    pub fn mainloop(&mut self) {
        let mut i = 0;
        while !self.tasks.is_empty() {
            i %= self.tasks.len();
            match self.tasks[i].resume(()) {
                Step::Yielded(()) => i += 1,
                Step::Complete(()) => {
                    drop(self.tasks.remove(i));
                    println!("Task {} terminated", i + 1);
                }
            }
        }
    }
}
