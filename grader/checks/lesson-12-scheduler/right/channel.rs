//! en: The queue is a channel with both ends in one hand, the nearest thing to Python's `Queue`; `foo` and `bar` are
//! made of closures.
//! ru: Очередь — канал, оба конца которого в одних руках: ближайший родственник питоновской `Queue`. А `foo` и `bar`
//! сделаны из замыканий.

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

struct Forever<F>(F);

impl<F: FnMut()> Coroutine<()> for Forever<F> {
    type Yield = ();
    type Return = ();

    fn resume(&mut self, (): ()) -> Step<(), ()> {
        (self.0)();
        Step::Yielded(())
    }
}

pub fn foo() -> impl Coroutine<(), Yield = (), Return = ()> {
    Forever(|| println!("I'm foo"))
}

pub fn bar() -> impl Coroutine<(), Yield = (), Return = ()> {
    Forever(|| println!("I'm bar"))
}

type Task = Box<dyn Coroutine<(), Yield = (), Return = ()>>;

pub struct Scheduler {
    put: Sender<Task>,
    get: Receiver<Task>,
    tids: std::ops::RangeFrom<u64>,
}

impl Scheduler {
    pub fn new() -> Self {
        let (put, get) = channel();
        Scheduler { put, get, tids: 1.. }
    }

    pub fn spawn(&mut self, target: impl Coroutine<(), Yield = (), Return = ()> + 'static) -> TaskId {
        self.schedule(Box::new(target));
        TaskId(self.tids.next().expect("u64 is enough for every task"))
    }

    fn schedule(&self, task: Task) {
        self.put.send(task).expect("the other end is here as well");
    }

    pub fn run_steps(&mut self, steps: usize) -> usize {
        (0..steps).map_while(|_| self.step()).count()
    }

    fn step(&mut self) -> Option<()> {
        let mut task = self.get.try_recv().ok()?;
        if task.resume(()) == Step::Yielded(()) {
            self.schedule(task);
        }
        Some(())
    }
}

impl Default for Scheduler {
    fn default() -> Self {
        Self::new()
    }
}
