//! en: `foo` names the places where it can stand: at its start, at a `yield`, at its end; resumed there, it panics.
//! The task lets go of a coroutine that has completed.
//! ru: `foo` называет места, где может стоять: начало, `yield`, конец; возобновить её в конце — паника. Задача
//! отпускает корутину, как только та завершилась.

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
    target: Option<C>,
}

impl<C: Coroutine<Option<In>>, In> Task<C, In> {
    pub fn new(tid: TaskId, target: C) -> Self {
        Task { tid, sendval: None, target: Some(target) }
    }

    pub fn run(&mut self) -> Step<C::Yield, C::Return> {
        let mut target = self.target.take().expect("a task was run after it had completed");
        let step = target.resume(self.sendval.take());
        if let Step::Yielded(_) = step {
            self.target = Some(target);
        }
        step
    }
}

pub enum Foo {
    Start { n: u32 },
    AtYield { i: u32, n: u32 },
    End,
}

pub fn foo(n: u32) -> Foo {
    Foo::Start { n }
}

impl Coroutine<Option<()>> for Foo {
    type Yield = ();
    type Return = ();

    fn resume(&mut self, _sent: Option<()>) -> Step<(), ()> {
        let (i, n) = match *self {
            Foo::Start { n } => (0, n),
            Foo::AtYield { i, n } => (i + 1, n),
            Foo::End => panic!("foo was resumed after it had returned"),
        };
        if i >= n {
            *self = Foo::End;
            return Step::Complete(());
        }
        println!("{i}");
        *self = Foo::AtYield { i, n };
        Step::Yielded(())
    }
}
