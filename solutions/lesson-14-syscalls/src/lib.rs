//! A scheduler that is asked: a `yield` is a request, and whoever waits is out of the queue until there is an answer.

use std::collections::VecDeque;
use std::error::Error;
use std::fmt;
use std::time::Duration;

/// What a [`Coroutine`] gives to whoever resumed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<Y, R> {
    /// `yield value`: it is suspended, and waits to be resumed.
    Yielded(Y),
    /// `return value`: it is over, and must not be resumed again.
    Complete(R),
}

/// A function that can stop in the middle, and goes on when it is resumed: lesson 08's.
pub trait Coroutine<In> {
    /// What comes out at each `yield`.
    type Yield;
    /// What comes out at the end.
    type Return;

    /// Runs on to the next `yield`, or to the end; `input` is the value of the `yield` at which it stands.
    fn resume(&mut self, input: In) -> Step<Self::Yield, Self::Return>;
}

/// The number of a task: 1, 2, 3… in the order in which one scheduler was given its tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(pub u64);

/// What a scheduler runs: a coroutine of any type, which yields requests and is resumed with replies.
pub type Program = Box<dyn Coroutine<Reply, Yield = Request, Return = ()>>;

/// What a task asks of its scheduler when it yields.
pub enum Request {
    /// Lesson 13's `yield`: a turn for the others. Answered with [`Reply::Nothing`].
    Yield,
    /// The number of the task that asks. Answered with [`Reply::Tid`].
    GetTid,
    /// A new task, which runs this. Answered with [`Reply::Tid`], the number of the new task.
    NewTask(Program),
    /// The end of that task, here and now. Answered with [`Reply::Found`]; whoever ends itself gets no answer.
    KillTask(TaskId),
    /// A pause until that task has ended. Answered with [`Reply::Found`].
    WaitTask(TaskId),
    /// A pause, by the scheduler's clock. Answered with [`Reply::Time`].
    Sleep(Duration),
}

/// What a task is resumed with: the answer to its last request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// There was nothing to answer: the task starts, or has let the others go first.
    Nothing,
    /// The number that was asked for.
    Tid(TaskId),
    /// Whether there was such a task when it was asked for.
    Found(bool),
    /// What the scheduler's clock shows.
    Time(Duration),
}

/// Nothing can go on: every task that is left waits for another one's end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadlock {
    /// The tasks that wait, in the order of their numbers.
    pub waiting: Vec<TaskId>,
}

impl fmt::Display for Deadlock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "deadlock: these tasks wait for one another: {:?}", self.waiting)
    }
}

impl Error for Deadlock {}

/// A coroutine made of a closure, as [`std::iter::from_fn`] makes an iterator; returned by [`from_fn`].
pub struct FromFn<F> {
    resume: F,
}

/// Makes a coroutine of what it does when it is resumed.
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

/// The places where [`foo`] can stand.
enum Foo {
    /// Before the first line.
    Unresumed { n: u32 },
    /// At `tid = yield GetTid()`.
    Asking { n: u32 },
    /// At the `yield` of the loop.
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

/// Asks for its number, then prints it `n` times over, with a turn for the others after each line.
pub fn foo(n: u32) -> impl Coroutine<Reply, Yield = Request, Return = ()> {
    Foo::Unresumed { n }
}

/// The places where [`parent`] can stand.
enum Parent {
    /// Before the first line.
    Unresumed { n: u32 },
    /// At `child = yield NewTask(foo(n))`.
    Spawning,
    /// At `yield WaitTask(child)`.
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

/// Starts `foo(n)` as a task of its own, says its number, and waits for its end.
pub fn parent(n: u32) -> impl Coroutine<Reply, Yield = Request, Return = ()> {
    Parent::Unresumed { n }
}

/// What is left of `then(first.await).await`.
enum AndThen<A, F, B> {
    /// `then` is there until `first` completes.
    First { first: A, then: Option<F> },
    /// `first` is over.
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

/// Runs `first`, then the coroutine that `then` makes of what `first` returned, both in the task of their caller.
///
/// Their requests go up to the scheduler and its replies come down to them. The second begins in the step in which
/// the first completes.
#[must_use = "programs do nothing unless a scheduler runs them"]
pub fn and_then<A, F, B>(first: A, then: F) -> impl Coroutine<Reply, Yield = Request, Return = B::Return>
where
    A: Coroutine<Reply, Yield = Request>,
    F: FnOnce(A::Return) -> B,
    B: Coroutine<Reply, Yield = Request>,
{
    AndThen::First { first, then: Some(then) }
}

/// A program, the number it goes by, and the answer that it will be resumed with.
struct Task {
    tid: TaskId,
    target: Program,
    reply: Reply,
}

/// Runs programs by turns on one thread, and answers their requests; its clock shows no more than they have slept.
///
/// Each task is in one of the three collections, or is the one that runs: whoever holds it knows how it fares.
#[derive(Default)]
pub struct Scheduler {
    ready: VecDeque<Task>,
    /// Whose end each waits for; in the order in which they began to wait.
    waiting: Vec<(TaskId, Task)>,
    /// Until when each sleeps; the first to wake at the front.
    sleeping: VecDeque<(Duration, Task)>,
    spawned: u64,
    now: Duration,
}

impl Scheduler {
    /// A scheduler without tasks, whose clock shows zero.
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts a task at the tail of the queue, and returns its number; runs nothing of it.
    ///
    /// Each scheduler counts from 1 by itself, and never gives the same number twice.
    pub fn spawn(&mut self, target: impl Coroutine<Reply, Yield = Request, Return = ()> + 'static) -> TaskId {
        self.admit(Box::new(target))
    }

    /// What the clock shows.
    pub fn now(&self) -> Duration {
        self.now
    }

    /// Runs the tasks by turns until none is left.
    ///
    /// # Errors
    ///
    /// [`Deadlock`] if every task that is left waits for another one's end. They stay, and are still waiting.
    pub fn mainloop(&mut self) -> Result<(), Deadlock> {
        while let Some(mut task) = self.next_task()? {
            match task.target.resume(task.reply) {
                Step::Yielded(request) => self.handle(task, request),
                Step::Complete(()) => self.exit(task),
            }
        }
        Ok(())
    }

    /// The head of the queue; if the queue is empty, the clock first moves on to the next alarm.
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

    /// Does what was asked for, and says where the task that asked goes.
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

    /// Lets go of a task, says so, and calls those who waited for that.
    fn exit(&mut self, task: Task) {
        let tid = task.tid;
        drop(task);
        println!("Task {} terminated", tid.0);
        let called = self.waiting.extract_if(.., |(whom, _)| *whom == tid);
        self.ready.extend(called.map(|(_, task)| Task { reply: Reply::Found(true), ..task }));
    }

    fn has(&self, tid: TaskId) -> bool {
        let waiting = self.waiting.iter().map(|(_, task)| task);
        let sleeping = self.sleeping.iter().map(|(_, task)| task);
        self.ready.iter().chain(waiting).chain(sleeping).any(|task| task.tid == tid)
    }

    /// Takes a task out of wherever it is.
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
