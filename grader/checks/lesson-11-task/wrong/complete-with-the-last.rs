//! fails: slide, called, foos, queue
//! breaks: foo-counts
//! en: `foo` says `Complete` together with its last number. But after the last `print` there is one more `yield`:
//! Python learns that the loop is over only when it is resumed again. So the end takes a run of its own, which prints
//! nothing.
//! ru: `foo` отвечает `Complete` вместе с последним числом. Но после последнего `print` есть ещё один `yield`: о
//! конце цикла Python узнаёт, лишь когда его возобновят снова. Поэтому на конец уходит отдельный запуск, который
//! ничего не печатает.

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
    Foo { i: 0, n }
}

impl Coroutine<Option<()>> for Foo {
    type Yield = ();
    type Return = ();

    fn resume(&mut self, _sent: Option<()>) -> Step<(), ()> {
        if self.i < self.n {
            println!("{}", self.i);
            self.i += 1;
        }
        if self.i < self.n { Step::Yielded(()) } else { Step::Complete(()) }
    }
}
