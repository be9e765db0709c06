//! fails: slide, lazy, called, foos, queue
//! breaks: foo-counts, only-run-runs
//! en: Calling `foo` already prints its first number. The call of a Python generator runs nothing of its body, and
//! neither may this one: it only makes the value that remembers `n`.
//! ru: Первое число печатает уже вызов `foo`. Вызов генератора в Python не выполняет ни строки его тела, и этот не
//! должен: он только создаёт значение, которое помнит `n`.

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
    i: u32,
    n: u32,
}

pub fn foo(n: u32) -> Foo {
    let foo = Foo { i: 0, n };
    foo.print();
    foo
}

impl Foo {
    fn print(&self) {
        if self.i < self.n {
            println!("{}", self.i);
        }
    }
}

impl Coroutine<Option<()>> for Foo {
    type Yield = ();
    type Return = ();

    fn resume(&mut self, _sent: Option<()>) -> Step<(), ()> {
        if self.i == self.n {
            return Step::Complete(());
        }
        self.i += 1;
        self.print();
        Step::Yielded(())
    }
}
