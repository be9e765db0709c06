//! fails: wait, ends, many
//! breaks: an-end
//! en: When a task ends you call one of those who waited for it, and forget the rest. Any number may wait for the same
//! task: take all of them out, in the order in which they came.
//! ru: Когда задача кончается, вы зовёте одного из ждавших её и забываете остальных. Одну задачу могут ждать сколько
//! угодно других: заберите всех, в том порядке, в каком они пришли.

use std::collections::VecDeque;
use std::error::Error;
use std::fmt;
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
    tid: TaskId,
    target: Program,
    reply: Reply,
}

#[derive(Default)]
pub struct Scheduler {
    ready: VecDeque<Task>,
    waiting: Vec<(TaskId, Task)>,
    sleeping: VecDeque<(Duration, Task)>,
    spawned: u64,
    now: Duration,
}

impl Scheduler {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn spawn(&mut self, target: impl Coroutine<Reply, Yield = Request, Return = ()> + 'static) -> TaskId {
        self.admit(Box::new(target))
    }

    pub fn now(&self) -> Duration {
        self.now
    }

    pub fn mainloop(&mut self) -> Result<(), Deadlock> {
        while let Some(mut task) = self.next_task()? {
            match task.target.resume(task.reply) {
                Step::Yielded(request) => self.handle(task, request),
                Step::Complete(()) => self.exit(task),
            }
        }
        Ok(())
    }

    fn next_task(&mut self) -> Result<Option<Task>, Deadlock> {
        if self.ready.is_empty() {
            self.move_clock();
        }
        let next = self.ready.pop_front();
        if next.is_some() || self.waiting.is_empty() {
            return Ok(next);
        }
        let mut waiting: Vec<TaskId> = self.waiting.iter().map(|(_, task)| task.tid).collect();
        waiting.sort_unstable();
        Err(Deadlock { waiting })
    }

    fn move_clock(&mut self) {
        let Some(&(next, _)) = self.sleeping.front() else { return };
        self.now = next;
        while let Some((_, task)) = self.sleeping.pop_front_if(|(until, _)| *until == next) {
            self.schedule(task, Reply::Time(next));
        }
    }

    fn handle(&mut self, task: Task, request: Request) {
        let asks = task.tid;
        match request {
            Request::Yield => self.schedule(task, Reply::Nothing),
            Request::GetTid => self.schedule(task, Reply::Tid(asks)),
            Request::NewTask(target) => {
                let tid = self.admit(target);
                self.schedule(task, Reply::Tid(tid));
            }
            Request::KillTask(tid) if tid == asks => self.exit(task),
            Request::KillTask(tid) => {
                let found = self.remove(tid).map(|victim| self.exit(victim)).is_some();
                self.schedule(task, Reply::Found(found));
            }
            Request::WaitTask(tid) if tid == asks || self.has(tid) => self.waiting.push((tid, task)),
            Request::WaitTask(_) => self.schedule(task, Reply::Found(false)),
            Request::Sleep(Duration::ZERO) => self.schedule(task, Reply::Time(self.now)),
            Request::Sleep(pause) => {
                let until = self.now + pause;
                let behind = self.sleeping.partition_point(|(other, _)| *other <= until);
                self.sleeping.insert(behind, (until, task));
            }
        }
    }

    fn admit(&mut self, target: Program) -> TaskId {
        self.spawned += 1;
        let tid = TaskId(self.spawned);
        self.ready.push_back(Task { tid, target, reply: Reply::Nothing });
        tid
    }

    fn schedule(&mut self, task: Task, reply: Reply) {
        self.ready.push_back(Task { reply, ..task });
    }

    fn exit(&mut self, task: Task) {
        let tid = task.tid;
        drop(task);
        println!("Task {} terminated", tid.0);
        if let Some(place) = self.waiting.iter().position(|(whom, _)| *whom == tid) {
            let (_, task) = self.waiting.remove(place);
            self.schedule(task, Reply::Found(true));
        }
    }

    fn has(&self, tid: TaskId) -> bool {
        let waiting = self.waiting.iter().map(|(_, task)| task);
        let sleeping = self.sleeping.iter().map(|(_, task)| task);
        self.ready.iter().chain(waiting).chain(sleeping).any(|task| task.tid == tid)
    }

    fn remove(&mut self, tid: TaskId) -> Option<Task> {
        if let Some(place) = self.ready.iter().position(|task| task.tid == tid) {
            self.ready.remove(place)
        } else if let Some(place) = self.waiting.iter().position(|(_, task)| task.tid == tid) {
            Some(self.waiting.remove(place).1)
        } else {
            let place = self.sleeping.iter().position(|(_, task)| task.tid == tid)?;
            self.sleeping.remove(place).map(|(_, task)| task)
        }
    }
}
