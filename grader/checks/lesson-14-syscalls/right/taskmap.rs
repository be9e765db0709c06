//! en: As on the slide, the tasks live in a map by number, and the queue, the alarms and the waiters hold numbers; a
//! number whose task is gone is passed over.
//! ru: Как на слайде, задачи живут в словаре по номерам, а очередь, будильники и списки ждущих хранят номера; номер,
//! чьей задачи уже нет, пропускают.

use std::collections::{BTreeMap, VecDeque};
use std::error::Error;
use std::fmt;
use std::mem;
use std::time::Duration;

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

pub type Program = Box<dyn Coroutine<Reply, Yield = Request, Return = ()>>;

pub enum Request {
    Yield,
    GetTid,
    NewTask(Program),
    KillTask(TaskId),
    WaitTask(TaskId),
    Sleep(Duration),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    Nothing,
    Tid(TaskId),
    Found(bool),
    Time(Duration),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadlock {
    pub waiting: Vec<TaskId>,
}

impl fmt::Display for Deadlock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "deadlock: these tasks wait for one another: {:?}", self.waiting)
    }
}

impl Error for Deadlock {}

pub struct FromFn<F> {
    resume: F,
}

#[must_use = "programs do nothing unless a scheduler runs them"]
pub fn from_fn<R, F: FnMut(Reply) -> Step<Request, R>>(resume: F) -> FromFn<F> {
    FromFn { resume }
}

impl<R, F: FnMut(Reply) -> Step<Request, R>> Coroutine<Reply> for FromFn<F> {
    type Yield = Request;
    type Return = R;

    fn resume(&mut self, reply: Reply) -> Step<Request, R> {
        (self.resume)(reply)
    }
}

enum Foo {
    Unresumed { n: u32 },
    Asking { n: u32 },
    Looping { tid: TaskId, left: u32 },
}

impl Coroutine<Reply> for Foo {
    type Yield = Request;
    type Return = ();

    fn resume(&mut self, reply: Reply) -> Step<Request, ()> {
        let (tid, left) = match (&*self, reply) {
            (&Foo::Unresumed { n }, _) => {
                *self = Foo::Asking { n };
                return Step::Yielded(Request::GetTid);
            }
            (&Foo::Asking { n }, Reply::Tid(tid)) => (tid, n),
            (Foo::Asking { .. }, other) => panic!("GetTid was answered with {other:?}"),
            (&Foo::Looping { tid, left }, _) => (tid, left),
        };
        if left == 0 {
            return Step::Complete(());
        }
        println!("I'm foo, task {}", tid.0);
        *self = Foo::Looping { tid, left: left - 1 };
        Step::Yielded(Request::Yield)
    }
}

pub fn foo(n: u32) -> impl Coroutine<Reply, Yield = Request, Return = ()> {
    Foo::Unresumed { n }
}

enum Parent {
    Unresumed { n: u32 },
    Spawning,
    Waiting,
}

impl Coroutine<Reply> for Parent {
    type Yield = Request;
    type Return = ();

    fn resume(&mut self, reply: Reply) -> Step<Request, ()> {
        match (&*self, reply) {
            (&Parent::Unresumed { n }, _) => {
                *self = Parent::Spawning;
                Step::Yielded(Request::NewTask(Box::new(foo(n))))
            }
            (Parent::Spawning, Reply::Tid(child)) => {
                println!("waiting for task {}", child.0);
                *self = Parent::Waiting;
                Step::Yielded(Request::WaitTask(child))
            }
            (Parent::Spawning, other) => panic!("NewTask was answered with {other:?}"),
            (Parent::Waiting, _) => {
                println!("foo is done");
                Step::Complete(())
            }
        }
    }
}

pub fn parent(n: u32) -> impl Coroutine<Reply, Yield = Request, Return = ()> {
    Parent::Unresumed { n }
}

enum AndThen<A, F, B> {
    First { first: A, then: Option<F> },
    Second(B),
}

impl<A, F, B> Coroutine<Reply> for AndThen<A, F, B>
where
    A: Coroutine<Reply, Yield = Request>,
    F: FnOnce(A::Return) -> B,
    B: Coroutine<Reply, Yield = Request>,
{
    type Yield = Request;
    type Return = B::Return;

    fn resume(&mut self, mut reply: Reply) -> Step<Request, B::Return> {
        loop {
            match self {
                AndThen::First { first, then } => match first.resume(reply) {
                    Step::Yielded(request) => return Step::Yielded(request),
                    Step::Complete(value) => {
                        let then = then.take().expect("`first` completes once");
                        *self = AndThen::Second(then(value));
                        reply = Reply::Nothing;
                    }
                },
                AndThen::Second(second) => return second.resume(reply),
            }
        }
    }
}

#[must_use = "programs do nothing unless a scheduler runs them"]
pub fn and_then<A, F, B>(first: A, then: F) -> impl Coroutine<Reply, Yield = Request, Return = B::Return>
where
    A: Coroutine<Reply, Yield = Request>,
    F: FnOnce(A::Return) -> B,
    B: Coroutine<Reply, Yield = Request>,
{
    AndThen::First { first, then: Some(then) }
}

struct Task {
    target: Program,
    reply: Reply,
    waiters: Vec<TaskId>,
}

#[derive(Default)]
pub struct Scheduler {
    tasks: BTreeMap<TaskId, Task>,
    ready: VecDeque<TaskId>,
    alarms: BTreeMap<(Duration, u64), TaskId>,
    spawned: u64,
    naps: u64,
    now: Duration,
}

impl Scheduler {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn now(&self) -> Duration {
        self.now
    }

    pub fn spawn(&mut self, target: impl Coroutine<Reply, Yield = Request, Return = ()> + 'static) -> TaskId {
        self.start(Box::new(target))
    }

    fn start(&mut self, target: Program) -> TaskId {
        self.spawned += 1;
        let tid = TaskId(self.spawned);
        self.tasks.insert(tid, Task { target, reply: Reply::Nothing, waiters: Vec::new() });
        self.ready.push_back(tid);
        tid
    }

    pub fn mainloop(&mut self) -> Result<(), Deadlock> {
        while !self.tasks.is_empty() {
            let Some(tid) = self.ready.pop_front() else {
                let Some((&(until, _), _)) = self.alarms.first_key_value() else {
                    return Err(Deadlock { waiting: self.tasks.keys().copied().collect() });
                };
                self.now = until;
                let later = self.alarms.split_off(&(until + Duration::from_nanos(1), 0));
                for tid in mem::replace(&mut self.alarms, later).into_values() {
                    self.answer(tid, Reply::Time(until));
                }
                continue;
            };
            let Some(task) = self.tasks.get_mut(&tid) else { continue };
            match task.target.resume(task.reply) {
                Step::Yielded(request) => self.serve(tid, request),
                Step::Complete(()) => {
                    self.end(tid);
                }
            }
        }
        self.ready.clear();
        self.alarms.clear();
        Ok(())
    }

    fn answer(&mut self, tid: TaskId, reply: Reply) {
        if let Some(task) = self.tasks.get_mut(&tid) {
            task.reply = reply;
            self.ready.push_back(tid);
        }
    }

    fn end(&mut self, tid: TaskId) -> bool {
        let Some(Task { target, waiters, .. }) = self.tasks.remove(&tid) else { return false };
        drop(target);
        println!("Task {} terminated", tid.0);
        self.alarms.retain(|_, sleeper| *sleeper != tid);
        for waiter in waiters {
            self.answer(waiter, Reply::Found(true));
        }
        true
    }

    fn serve(&mut self, tid: TaskId, request: Request) {
        let reply = match request {
            Request::Yield => Reply::Nothing,
            Request::GetTid => Reply::Tid(tid),
            Request::NewTask(target) => Reply::Tid(self.start(target)),
            Request::KillTask(victim) => Reply::Found(self.end(victim)),
            Request::WaitTask(whom) => match self.tasks.get_mut(&whom) {
                Some(task) => return task.waiters.push(tid),
                None => Reply::Found(false),
            },
            Request::Sleep(pause) if pause.is_zero() => Reply::Time(self.now),
            Request::Sleep(pause) => {
                self.naps += 1;
                self.alarms.insert((self.now + pause, self.naps), tid);
                return;
            }
        };
        self.answer(tid, reply);
    }
}
