//! en: One `Vec` holds all the tasks in the order of the queue, and each task knows its state; `parent` and `and_then`
//! are closures.
//! ru: Все задачи лежат в одном `Vec` в порядке очереди, и каждая знает своё состояние; `parent` и `and_then` —
//! замыкания.

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

pub fn parent(n: u32) -> impl Coroutine<Reply, Yield = Request, Return = ()> {
    let mut program = Some(foo(n));
    from_fn(move |reply| match (program.take(), reply) {
        (Some(foo), _) => Step::Yielded(Request::NewTask(Box::new(foo))),
        (None, Reply::Tid(TaskId(child))) => {
            println!("waiting for task {child}");
            Step::Yielded(Request::WaitTask(TaskId(child)))
        }
        (None, _) => {
            println!("foo is done");
            Step::Complete(())
        }
    })
}

#[must_use = "a chain of programs does nothing unless a scheduler runs it"]
pub fn and_then<A, F, B>(first: A, then: F) -> impl Coroutine<Reply, Yield = Request, Return = B::Return>
where
    A: Coroutine<Reply, Yield = Request>,
    F: FnOnce(A::Return) -> B,
    B: Coroutine<Reply, Yield = Request>,
{
    let mut waiting = Some((first, then));
    let mut second: Option<B> = None;
    from_fn(move |reply| {
        if let Some(second) = &mut second {
            return second.resume(reply);
        }
        let (mut first, then) = waiting.take().expect("one of the two is there");
        match first.resume(reply) {
            Step::Yielded(request) => {
                waiting = Some((first, then));
                Step::Yielded(request)
            }
            Step::Complete(value) => second.insert(then(value)).resume(Reply::Nothing),
        }
    })
}

enum State {
    Ready(Reply),
    Waiting(TaskId),
    Sleeping(Duration),
}

struct Task {
    tid: TaskId,
    target: Program,
    state: State,
}

pub struct Scheduler {
    tasks: Vec<Task>,
    next_tid: u64,
    now: Duration,
}

impl Scheduler {
    pub fn new() -> Self {
        Scheduler { tasks: Vec::new(), next_tid: 1, now: Duration::ZERO }
    }

    pub fn now(&self) -> Duration {
        self.now
    }

    pub fn spawn(&mut self, target: impl Coroutine<Reply, Yield = Request, Return = ()> + 'static) -> TaskId {
        self.add(Box::new(target))
    }

    fn add(&mut self, target: Program) -> TaskId {
        let tid = TaskId(self.next_tid);
        self.next_tid += 1;
        self.tasks.push(Task { tid, target, state: State::Ready(Reply::Nothing) });
        tid
    }

    pub fn mainloop(&mut self) -> Result<(), Deadlock> {
        while !self.tasks.is_empty() {
            match self.tasks.iter().position(|task| matches!(task.state, State::Ready(_))) {
                Some(place) => self.step(place),
                None => self.wake_the_next()?,
            }
        }
        Ok(())
    }

    fn step(&mut self, place: usize) {
        let mut task = self.tasks.remove(place);
        let State::Ready(reply) = task.state else { unreachable!("only the ready make steps") };
        let request = match task.target.resume(reply) {
            Step::Yielded(request) => request,
            Step::Complete(()) => return self.bury(task),
        };
        task.state = match request {
            Request::Yield => State::Ready(Reply::Nothing),
            Request::GetTid => State::Ready(Reply::Tid(task.tid)),
            Request::NewTask(target) => State::Ready(Reply::Tid(self.add(target))),
            Request::KillTask(tid) if tid == task.tid => return self.bury(task),
            Request::KillTask(tid) => {
                let place = self.tasks.iter().position(|task| task.tid == tid);
                if let Some(place) = place {
                    let victim = self.tasks.remove(place);
                    self.bury(victim);
                }
                State::Ready(Reply::Found(place.is_some()))
            }
            Request::WaitTask(tid) => {
                if tid == task.tid || self.tasks.iter().any(|task| task.tid == tid) {
                    State::Waiting(tid)
                } else {
                    State::Ready(Reply::Found(false))
                }
            }
            Request::Sleep(pause) if pause > Duration::ZERO => State::Sleeping(self.now + pause),
            Request::Sleep(_) => State::Ready(Reply::Time(self.now)),
        };
        self.tasks.push(task);
    }

    fn bury(&mut self, task: Task) {
        let dead = task.tid;
        drop(task);
        println!("Task {} terminated", dead.0);
        self.to_the_tail(Reply::Found(true), |state| matches!(state, State::Waiting(tid) if *tid == dead));
    }

    fn wake_the_next(&mut self) -> Result<(), Deadlock> {
        let alarms = self.tasks.iter().filter_map(|task| match task.state {
            State::Sleeping(until) => Some(until),
            _ => None,
        });
        let Some(next) = alarms.min() else {
            let mut waiting: Vec<TaskId> = self.tasks.iter().map(|task| task.tid).collect();
            waiting.sort();
            return Err(Deadlock { waiting });
        };
        self.now = next;
        self.to_the_tail(Reply::Time(next), |state| matches!(state, State::Sleeping(until) if *until == next));
        Ok(())
    }

    fn to_the_tail(&mut self, reply: Reply, chosen: impl Fn(&State) -> bool) {
        let (called, rest): (Vec<Task>, Vec<Task>) =
            mem::take(&mut self.tasks).into_iter().partition(|task| chosen(&task.state));
        self.tasks = rest;
        self.tasks.extend(called.into_iter().map(|task| Task { state: State::Ready(reply), ..task }));
    }
}
