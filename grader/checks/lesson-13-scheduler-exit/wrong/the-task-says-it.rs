//! fails: uneven, by-hand, many, together, again, ids, dropped-first, apart, any-type, large
//! breaks: dropped-then-announced
//! en: `foo` and `bar` announce their own end, with numbers that fit the slide alone. A coroutine doesn't know its
//! number: `spawn` gave it to the scheduler's side. Whoever gets the `Complete` knows both, and announces any task.
//! ru: `foo` и `bar` сами объявляют о своём конце, причём с номерами, которые подходят только к слайду. Корутина своего
//! номера не знает: его выдал `spawn`, и знает его планировщик. Кто получил `Complete`, знает и то и другое и объявит о
//! любой задаче.

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
    tid: u64,
}

impl Coroutine<()> for Says {
    type Yield = ();
    type Return = ();

    fn resume(&mut self, (): ()) -> Step<(), ()> {
        if self.left == 0 {
            println!("Task {} terminated", self.tid);
            return Step::Complete(());
        }
        self.left -= 1;
        println!("{}", self.line);
        Step::Yielded(())
    }
}

pub fn foo(n: u32) -> impl Coroutine<(), Yield = (), Return = ()> {
    Says { line: "I'm foo", left: n, tid: 1 }
}

pub fn bar(n: u32) -> impl Coroutine<(), Yield = (), Return = ()> {
    Says { line: "I'm bar", left: n, tid: 2 }
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

    pub fn spawn(&mut self, target: impl Coroutine<(), Yield = (), Return = ()> + 'static) -> TaskId {
        self.ready.push_back(Box::new(target));
        self.spawned += 1;
        TaskId(self.spawned)
    }

    pub fn mainloop(&mut self) {
        while let Some(mut task) = self.ready.pop_front() {
            if let Step::Yielded(()) = task.resume(()) {
                self.ready.push_back(task);
            }
        }
    }
}
