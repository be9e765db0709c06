//! fails: slide, lazy, called, foos, queue
//! breaks: foo-counts
//! en: Each number is printed one run late: your first resumption stops before the first `print`. `@coroutine` is not
//! on this slide: the first `run` prints 0, and stops at the `yield` after it.
//! ru: Каждое число печатается на запуск позже: ваше первое возобновление останавливается перед первым `print`.
//! `@coroutine` на этом слайде нет: первый `run` печатает 0 и останавливается на `yield` после него.

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

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TaskId(pub u64);

#[derive(Default)]
pub struct TaskIds {
    last: u64,
}

impl TaskIds {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn next_id(&mut self) -> TaskId {
        self.last += 1;
        TaskId(self.last)
    }
}

pub struct Task<C, In> {
    pub tid: TaskId,
    pub sendval: Option<In>,
    target: C,
}

impl<C: Coroutine<Option<In>>, In> Task<C, In> {
    pub fn new(tid: TaskId, target: C) -> Self {
        Task { tid, sendval: None, target }
    }

    pub fn run(&mut self) -> Step<C::Yield, C::Return> {
        self.target.resume(self.sendval.take())
    }
}

pub struct Foo {
    i: Option<u32>,
    n: u32,
}

pub fn foo(n: u32) -> Foo {
    Foo { i: None, n }
}

impl Coroutine<Option<()>> for Foo {
    type Yield = ();
    type Return = ();

    fn resume(&mut self, _sent: Option<()>) -> Step<(), ()> {
        match self.i {
            None => {
                self.i = Some(0);
                Step::Yielded(())
            }
            Some(i) if i < self.n => {
                println!("{i}");
                self.i = Some(i + 1);
                Step::Yielded(())
            }
            Some(_) => Step::Complete(()),
        }
    }
}
