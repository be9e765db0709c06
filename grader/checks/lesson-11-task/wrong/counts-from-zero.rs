//! fails: ids, queue
//! breaks: ids-per-owner
//! en: Your first task is number 0. On the slide `taskid` is raised *before* it is read, so the first task is number
//! 1.
//! ru: Первая задача у вас под номером 0. На слайде `taskid` увеличивают *раньше*, чем читают, и первая задача
//! получает номер 1.

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
    next: u64,
}

impl TaskIds {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn next_id(&mut self) -> TaskId {
        let tid = TaskId(self.next);
        self.next += 1;
        tid
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
        if self.i == self.n {
            return Step::Complete(());
        }
        println!("{}", self.i);
        self.i += 1;
        Step::Yielded(())
    }
}
