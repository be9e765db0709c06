//! Observes lesson 12: who runs when, and how long a scheduler keeps whom.

use lesson_12::{Coroutine, Scheduler, Step, TaskId, bar, foo};
use probe::{Inputs, Steps, check, mark};

/// A task that says each step it takes, and how it leaves.
struct Worker(Steps);

impl Coroutine<()> for Worker {
    type Yield = ();
    type Return = ();

    fn resume(&mut self, (): ()) -> Step<(), ()> {
        if self.0.take() { Step::Yielded(()) } else { Step::Complete(()) }
    }
}

/// The slide's own two tasks, for as long as one cares to watch.
#[check]
fn slide(_: &mut Inputs) {
    mark!("spawn(foo()), spawn(bar())");
    let mut sched = Scheduler::new();
    sched.spawn(foo());
    sched.spawn(bar());
    mark!("run_steps(6)");
    let ran: usize = sched.run_steps(6);
    mark!("returned {ran}");
}

/// Neither making a task nor spawning it runs any of it, and no step is taken that nobody asked for.
#[check]
fn lazy(inputs: &mut Inputs) {
    let mut order = ["foo", "bar", "a worker"];
    inputs.shuffle(&mut order);

    mark!("Scheduler::new()");
    let mut sched = Scheduler::new();
    for who in order {
        match who {
            "foo" => {
                mark!("foo() is called");
                let task = foo();
                mark!("and spawned");
                sched.spawn(task);
            }
            "bar" => {
                mark!("bar() is called");
                let task = bar();
                mark!("and spawned");
                sched.spawn(task);
            }
            _ => {
                let name = inputs.word();
                mark!("{name} is made and spawned");
                sched.spawn(Worker(Steps::endless(&name)));
            }
        }
    }
    for steps in [0, 1, 0, 2] {
        mark!("run_steps({steps})");
        let ran: usize = sched.run_steps(steps);
        mark!("returned {ran}");
    }
}

/// By turns, in the order of spawning; each call goes on where the last one stopped.
#[check]
fn round_robin(inputs: &mut Inputs) {
    let count = inputs.size(2..=7);
    let names = inputs.words(count);
    let batches = [count + inputs.size(1..=count - 1), 1, inputs.size(2..=4)];

    let mut sched = Scheduler::new();
    mark!("spawned: {}", names.join(", "));
    for name in &names {
        sched.spawn(Worker(Steps::endless(name)));
    }
    for steps in batches {
        mark!("run_steps({steps})");
        let ran: usize = sched.run_steps(steps);
        mark!("returned {ran}");
    }
}

/// A task spawned in the middle of a round waits until all who were there before it had their turn.
#[check]
fn joins_tail(inputs: &mut Inputs) {
    let count = inputs.size(2..=4);
    let names = inputs.words(count + 2);
    let (first, newcomers) = names.split_at(count);

    let mut sched = Scheduler::new();
    mark!("spawned: {}", first.join(", "));
    for name in first {
        sched.spawn(Worker(Steps::endless(name)));
    }
    let mut steps = inputs.size(1..=count - 1);
    for name in newcomers {
        mark!("run_steps({steps})");
        sched.run_steps(steps);
        mark!("spawned: {name}");
        sched.spawn(Worker(Steps::endless(name)));
        steps = count + inputs.size(1..=2);
    }
    mark!("run_steps({})", count + 2);
    sched.run_steps(count + 2);
}

/// A task that returns takes no further turn, its neighbours keep theirs, and what was run is what is returned.
#[check]
fn finished(inputs: &mut Inputs) {
    let names = inputs.words(5);
    let mut yields = [0, 1, 2, 3];
    inputs.shuffle(&mut yields);
    let total: usize = yields.iter().map(|yields| yields + 1).sum();
    let first = inputs.size(3..=6);

    let mut sched = Scheduler::new();
    for (name, yields) in names.iter().zip(yields) {
        mark!("spawned: {name}, which returns at step {}", yields + 1);
        sched.spawn(Worker(Steps::with_yields(name, yields)));
    }
    for steps in [first, total, inputs.size(1..=9)] {
        mark!("run_steps({steps})");
        let ran: usize = sched.run_steps(steps);
        mark!("returned {ran}");
    }
    mark!("spawned: {}, which returns at step 2", names[4]);
    sched.spawn(Worker(Steps::with_yields(&names[4], 1)));
    mark!("run_steps(9)");
    let ran: usize = sched.run_steps(9);
    mark!("returned {ran}");
}

/// A task is dropped as soon as it has returned; one that has not goes with its scheduler, even if it never ran.
#[check]
fn dropped(inputs: &mut Inputs) {
    let names = inputs.words(4);
    let mut yields = [0, 1, 3];
    inputs.shuffle(&mut yields);

    let mut sched = Scheduler::new();
    for (name, yields) in names.iter().zip(yields) {
        mark!("spawned: {name}, which returns at step {}", yields + 1);
        sched.spawn(Worker(Steps::watched(name, yields)));
    }
    mark!("run_steps(6)");
    sched.run_steps(6);
    mark!("the scheduler is dropped");
    drop(sched);

    let mut sched = Scheduler::new();
    mark!("another scheduler; spawned: {}", names[3]);
    sched.spawn(Worker(Steps::watched(&names[3], 1)));
    mark!("it is dropped");
    drop(sched);
}

/// Numbers are the scheduler's own, and a number is not used again when its task is over.
#[check]
fn ids(inputs: &mut Inputs) {
    /// Yields once, then returns; says nothing.
    struct Brief(usize);

    impl Coroutine<()> for Brief {
        type Yield = ();
        type Return = ();

        fn resume(&mut self, (): ()) -> Step<(), ()> {
            self.0 += 1;
            if self.0 > 1 { Step::Complete(()) } else { Step::Yielded(()) }
        }
    }

    let (mut here, mut there) = (Scheduler::new(), Scheduler::new());
    let first = inputs.size(2..=4);
    for _ in 0..first {
        let tid: ::lesson_12::TaskId = here.spawn(Brief(0));
        mark!("here.spawn(…) returned {tid:?}");
    }
    for _ in 0..inputs.size(1..=3) {
        let tid: ::lesson_12::TaskId = there.spawn(Brief(0));
        mark!("there.spawn(…) returned {tid:?}");
    }
    mark!("here.run_steps({}): all of its tasks return", 2 * first);
    here.run_steps(2 * first);
    for _ in 0..inputs.size(1..=2) {
        let tid: ::lesson_12::TaskId = here.spawn(Brief(0));
        mark!("here.spawn(…) returned {tid:?}");
    }
    let tid: TaskId = there.spawn(Brief(0));
    mark!("there.spawn(…) returned {tid:?}");
}

probe::main!(slide, lazy, round_robin, joins_tail, finished, dropped, ids);
