//! fails: borrowed
//! breaks: any-coroutine
//! en: `Box<dyn Coroutine<…>>` in a field means `+ 'static`: only a coroutine that borrows nothing gets in. Give the
//! task a lifetime, `Box<dyn Coroutine<…> + 'a>`, or don't box.
//! ru: `Box<dyn Coroutine<…>>` в поле подразумевает `+ 'static`: внутрь пройдёт лишь корутина, которая ничего не
//! заимствует. Дайте задаче время жизни, `Box<dyn Coroutine<…> + 'a>`, или обойдитесь без `Box`.

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

pub struct Task<In, Y, R> {
    pub tid: TaskId,
    pub sendval: Option<In>,
    target: Box<dyn Coroutine<Option<In>, Yield = Y, Return = R>>,
}

impl<In, Y, R> Task<In, Y, R> {
    pub fn new(tid: TaskId, target: impl Coroutine<Option<In>, Yield = Y, Return = R> + 'static) -> Self {
        Task { tid, sendval: None, target: Box::new(target) }
    }

    pub fn run(&mut self) -> Step<Y, R> {
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
        if self.i == self.n {
            return Step::Complete(());
        }
        println!("{}", self.i);
        self.i += 1;
        Step::Yielded(())
    }
}
