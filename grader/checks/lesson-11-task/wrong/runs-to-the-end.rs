//! fails: slide, lazy, sendval, letter-boxes, steps, called, queue, drops, borrowed
//! breaks: one-step-a-run
//! en: Your `run` goes on until the coroutine has returned, and whatever it yielded on the way is lost. One `run` is
//! one resumption: a scheduler needs control back at each `yield`, to let the others have their turn.
//! ru: Ваш `run` не останавливается, пока корутина не вернётся, и всё, что она отдала по пути, пропадает. Один `run`
//! — одно возобновление: планировщику надо получать управление на каждом `yield`, иначе до других очередь не дойдёт.

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
        loop {
            if let Step::Complete(result) = self.target.resume(self.sendval.take()) {
                return Step::Complete(result);
            }
        }
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
