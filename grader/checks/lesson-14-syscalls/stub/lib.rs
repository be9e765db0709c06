//! Lesson 14: a scheduler that is asked.
//!
//! A `yield` becomes a request to the scheduler, and what `resume` brings is the answer. You write the scheduler that
//! answers, a program that asks (`parent`), and the way in which one coroutine calls another (`and_then`).
//! `src/main.rs` is the slide's program.

#![allow(dead_code, unused_variables)] // TODO: remove this line when everything below is used

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

/// Starts `foo(n)` as a task of its own, prints `waiting for task N` with its number, waits for its end, and prints
/// `foo is done`.
///
/// ```python
/// def parent(n):
///     child = yield NewTask(foo(n))
///     print(f'waiting for task {child}')
///     yield WaitTask(child)
///     print('foo is done')
/// ```
pub fn parent(n: u32) -> impl Coroutine<Reply, Yield = Request, Return = ()> {
    // TODO: an enum, as `Foo` is one; or `from_fn`, and a variable that its closure keeps.
    from_fn(|_reply| todo!())
}

/// Runs `first`, then the coroutine that `then` makes of what `first` returned, both in the task of their caller:
/// `value = yield from first`, then `return (yield from then(value))`.
///
/// What they request goes up to the scheduler as it is, and each reply comes down to whoever asked. In the step in
/// which `first` completes, `then` is called and the second is resumed for the first time, with [`Reply::Nothing`];
/// that costs no turn.
// TODO: calling `and_then` runs nothing. Have the compiler object if nobody keeps what it returns.
pub fn and_then<A, F, B>(first: A, then: F) -> impl Coroutine<Reply, Yield = Request, Return = B::Return>
where
    A: Coroutine<Reply, Yield = Request>,
    F: FnOnce(A::Return) -> B,
    B: Coroutine<Reply, Yield = Request>,
{
    // TODO
    from_fn(|_reply| todo!())
}

/// Runs programs by turns on one thread, and answers their requests; its clock shows no more than they have slept.
#[derive(Default)]
pub struct Scheduler {
    // TODO: your queue of lesson 13, and a place for those who must not run now. What is known of each of them?
}

impl Scheduler {
    /// A scheduler without tasks, whose clock shows zero.
    pub fn new() -> Self {
        todo!()
    }

    /// Puts a task at the tail of the queue, and returns its number; runs nothing of it.
    ///
    /// Each scheduler counts from 1 by itself, and never gives the same number twice.
    pub fn spawn(&mut self, target: impl Coroutine<Reply, Yield = Request, Return = ()> + 'static) -> TaskId {
        todo!()
    }

    /// What the clock shows.
    pub fn now(&self) -> Duration {
        todo!()
    }

    /// Runs the tasks by turns until none is left.
    ///
    /// A task that ends, by itself or by [`Request::KillTask`], is dropped; then `Task N terminated` is printed; then
    /// those who waited for it go to the tail of the queue, in the order in which they began to wait.
    ///
    /// # Errors
    ///
    /// [`Deadlock`] if every task that is left waits for another one's end. They stay, and are still waiting.
    pub fn mainloop(&mut self) -> Result<(), Deadlock> {
        todo!()
    }
}
