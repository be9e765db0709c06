//! fails: slide, uneven, by-hand
//! breaks: n-lines
//! en: Your `foo(n)` completes in the very step that prints its last line. In the slide's loop a `yield` follows each
//! `print`, the last one too; only the step after that finds `range(n)` empty and returns. So `n` lines take `n + 1`
//! steps, and no line one.
//! ru: Ваша `foo(n)` завершается на том же шаге, на котором печатает последнюю строку. В цикле на слайде `yield` стоит
//! после каждого `print`, и после последнего тоже; лишь следующий шаг обнаружит, что `range(n)` кончился, и вернётся.
//! Так что `n` строк — это `n + 1` шагов, а ни одной строки — один шаг.

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
        if self.left > 0 {
            println!("{}", self.line);
            self.left -= 1;
        }
        if self.left == 0 { Step::Complete(()) } else { Step::Yielded(()) }
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
        tid
    }

    pub fn mainloop(&mut self) {
        while let Some(mut task) = self.ready.pop_front() {
            match task.target.resume(()) {
                Step::Yielded(()) => self.ready.push_back(task),
                Step::Complete(()) => Self::exit(task),
            }
        }
    }

    fn exit(task: Task) {
        let TaskId(tid) = task.tid;
        drop(task);
        println!("Task {tid} terminated");
    }
}
