//! en: A coroutine out of a closure: what it remembers is what the closure has captured. The numbers come from an
//! iterator of the owner's.
//! ru: Корутина из замыкания: что оно захватило, то она и помнит. Номера берутся из итератора, который принадлежит
//! владельцу.

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

pub struct TaskIds {
    ids: Box<dyn Iterator<Item = TaskId>>,
}

impl TaskIds {
    pub fn new() -> Self {
        TaskIds { ids: Box::new((1..).map(TaskId)) }
    }

    pub fn next_id(&mut self) -> TaskId {
        self.ids.next().expect("the numbers don't end")
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

struct FromFn<F>(F);

pub fn foo(n: u32) -> impl Coroutine<Option<()>, Yield = (), Return = ()> {
    let mut rest = 0..n;
    FromFn(move || rest.next())
}

impl<F: FnMut() -> Option<u32>> Coroutine<Option<()>> for FromFn<F> {
    type Yield = ();
    type Return = ();

    fn resume(&mut self, _sent: Option<()>) -> Step<(), ()> {
        match (self.0)() {
            Some(i) => {
                println!("{i}");
                Step::Yielded(())
            }
            None => Step::Complete(()),
        }
    }
}
