//! en: Goes round by round over a `Vec`: `retain_mut` resumes each task once and keeps those that have yielded. An end
//! frees an `Option`, since a task can't be moved out of the `Vec` there.
//! ru: Идёт по `Vec` круг за кругом: `retain_mut` возобновляет каждую задачу по разу и оставляет тех, кто уступил. В
//! конце освобождается `Option`: переместить задачу из `Vec` там нельзя.

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
        if self.left == 0 {
            return Step::Complete(());
        }
        self.left -= 1;
        println!("{}", self.line);
        Step::Yielded(())
    }
}

pub fn foo(n: u32) -> impl Coroutine<(), Yield = (), Return = ()> {
    Says { line: "I'm foo", left: n }
}

pub fn bar(n: u32) -> impl Coroutine<(), Yield = (), Return = ()> {
    Says { line: "I'm bar", left: n }
}

type Target = Box<dyn Coroutine<(), Yield = (), Return = ()>>;

#[derive(Default)]
pub struct Scheduler {
    tasks: Vec<(TaskId, Option<Target>)>,
    spawned: u64,
}

impl Scheduler {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn spawn(&mut self, target: impl Coroutine<(), Yield = (), Return = ()> + 'static) -> TaskId {
        self.spawned += 1;
        self.tasks.push((TaskId(self.spawned), Some(Box::new(target))));
        TaskId(self.spawned)
    }

    pub fn mainloop(&mut self) {
        while !self.tasks.is_empty() {
            self.tasks.retain_mut(|(TaskId(tid), target)| {
                let goes_on = target.as_mut().is_some_and(|target| target.resume(()) == Step::Yielded(()));
                if !goes_on {
                    *target = None;
                    println!("Task {tid} terminated");
                }
                goes_on
            });
        }
    }
}
