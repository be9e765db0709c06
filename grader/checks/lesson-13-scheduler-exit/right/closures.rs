//! en: Closures hide the types, and the queue is a `Vec` that is turned by one place; `foo` and `bar` are states of an
//! enum.
//! ru: Типы прячут замыкания, а очередь — `Vec`, который поворачивают на одно место; `foo` и `bar` — состояния
//! перечисления.

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

enum Says {
    Suspended { line: &'static str, left: u32 },
    Returned,
}

impl Coroutine<()> for Says {
    type Yield = ();
    type Return = ();

    fn resume(&mut self, (): ()) -> Step<(), ()> {
        match self {
            Says::Suspended { left: 0, .. } => {
                *self = Says::Returned;
                Step::Complete(())
            }
            Says::Suspended { line, left } => {
                println!("{line}");
                *left -= 1;
                Step::Yielded(())
            }
            Says::Returned => panic!("coroutine resumed after completion"),
        }
    }
}

pub fn foo(n: u32) -> impl Coroutine<(), Yield = (), Return = ()> {
    Says::Suspended { line: "I'm foo", left: n }
}

pub fn bar(n: u32) -> impl Coroutine<(), Yield = (), Return = ()> {
    Says::Suspended { line: "I'm bar", left: n }
}

struct Task {
    tid: TaskId,
    step: Box<dyn FnMut() -> bool>,
}

#[derive(Default)]
pub struct Scheduler {
    tasks: Vec<Task>,
    last: u64,
}

impl Scheduler {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn spawn(&mut self, mut target: impl Coroutine<(), Yield = (), Return = ()> + 'static) -> TaskId {
        self.last += 1;
        let step = Box::new(move || matches!(target.resume(()), Step::Yielded(())));
        self.tasks.push(Task { tid: TaskId(self.last), step });
        TaskId(self.last)
    }

    pub fn mainloop(&mut self) {
        while let Some(task) = self.tasks.first_mut() {
            if (task.step)() {
                self.tasks.rotate_left(1);
            } else {
                let tid = self.tasks.remove(0).tid.0;
                println!("Task {tid} terminated");
            }
        }
    }
}
