//! Observes lesson 12: who runs when, and how long a scheduler keeps whom.

use lesson_12::{Coroutine, Scheduler, Step, TaskId, bar, foo};
use probe::{Inputs, Steps, check, mark};
use std::cell::{Cell, RefCell};
use std::marker::PhantomPinned;
use std::rc::Rc;

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
    for steps in [0, 3] {
        mark!("run_steps({steps}), with no task yet");
        let ran: usize = sched.run_steps(steps);
        mark!("returned {ran}");
    }
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
    mark!("foo() is called twice more, and both are spawned");
    sched.spawn(foo());
    sched.spawn(foo());
    mark!("run_steps(5)");
    let ran: usize = sched.run_steps(5);
    mark!("returned {ran}");
}

/// The slide's tasks without a scheduler, and for longer than anybody would count by hand.
#[check]
fn for_ever(inputs: &mut Inputs) {
    mark!("foo() and bar() are called");
    let (mut one, mut other) = (foo(), bar());
    for _ in 0..2 {
        mark!("foo's task is resumed");
        let got: Step<(), ()> = one.resume(());
        mark!("got {got:?}");
        mark!("bar's task is resumed");
        let got: Step<(), ()> = other.resume(());
        mark!("got {got:?}");
    }
    let steps = 2 * (1025 + inputs.size(1..=9));
    let mut sched = Scheduler::new();
    mark!("foo() and bar() are spawned; run_steps({steps})");
    sched.spawn(foo());
    sched.spawn(bar());
    let ran: usize = sched.run_steps(steps);
    mark!("returned {ran}");
}

/// By turns, in the order of spawning; each call goes on where the last one stopped.
#[check]
fn round_robin(inputs: &mut Inputs) {
    let count = inputs.size(2..=7);
    let names = inputs.words(count);
    let batches = [count + inputs.size(1..=count - 1), 1, inputs.size(2..=4), count, 1];

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

/// Whoever returns first, at the head, in the middle or at the tail: the turns of the others stay as they were.
#[check]
fn any_place(inputs: &mut Inputs) {
    let names = inputs.words(3);
    let mut places = [vec![0], vec![1], vec![2], vec![0, 1], vec![1, 2], vec![0, 1, 2]];
    inputs.shuffle(&mut places);
    for ending in places {
        let mut sched = Scheduler::new();
        for (place, name) in names.iter().enumerate() {
            if ending.contains(&place) {
                mark!("spawned: {name}, which returns at step 1");
                sched.spawn(Worker(Steps::with_yields(name, 0)));
            } else {
                mark!("spawned: {name}");
                sched.spawn(Worker(Steps::endless(name)));
            }
        }
        for steps in [3, 2] {
            mark!("run_steps({steps})");
            let ran: usize = sched.run_steps(steps);
            mark!("returned {ran}");
        }
    }
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

    let mut sched = Scheduler::new();
    mark!("a third one; spawned: {} and {}, which return at step 1", names[0], names[1]);
    sched.spawn(Worker(Steps::watched(&names[0], 0)));
    sched.spawn(Worker(Steps::watched(&names[1], 0)));
    for _ in 0..2 {
        mark!("run_steps(1)");
        let ran: usize = sched.run_steps(1);
        mark!("returned {ran}");
    }
    mark!("spawned: {}; run_steps(1)", names[2]);
    sched.spawn(Worker(Steps::watched(&names[2], 3)));
    sched.run_steps(1);
    mark!("it is dropped");
    drop(sched);
    mark!("gone");
}

/// Two schedulers at once, by turns, and one inside a task of another: none has anything of the others'.
#[check]
fn apart(inputs: &mut Inputs) {
    /// A task that has a scheduler of its own, and runs it at each step.
    struct Manager {
        name: String,
        own: Scheduler,
    }

    impl Coroutine<()> for Manager {
        type Yield = ();
        type Return = ();

        fn resume(&mut self, (): ()) -> Step<(), ()> {
            mark!("{}: run_steps(3) of its own scheduler", self.name);
            let ran: usize = self.own.run_steps(3);
            mark!("returned {ran}");
            Step::Yielded(())
        }
    }

    let names = inputs.words(6);
    let (mut here, mut there) = (Scheduler::new(), Scheduler::new());
    mark!("here: {}, {}; there: {}, {}", names[0], names[2], names[1], names[3]);
    here.spawn(Worker(Steps::endless(&names[0])));
    there.spawn(Worker(Steps::watched(&names[1], usize::MAX)));
    here.spawn(Worker(Steps::watched(&names[2], usize::MAX)));
    there.spawn(Worker(Steps::endless(&names[3])));
    for steps in [1, inputs.size(1..=2), 3] {
        mark!("here.run_steps({steps})");
        let ran: usize = here.run_steps(steps);
        mark!("returned {ran}; there.run_steps(1)");
        let ran: usize = there.run_steps(1);
        mark!("returned {ran}");
    }

    let mut own = Scheduler::new();
    own.spawn(Worker(Steps::with_yields(&names[4], 2)));
    own.spawn(Worker(Steps::with_yields(&names[5], 1)));
    mark!("here: a task whose own scheduler has {}, {}", names[4], names[5]);
    here.spawn(Manager { name: "the manager".to_owned(), own });
    mark!("here.run_steps(7)");
    here.run_steps(7);
    mark!("here is dropped");
    drop(here);
    mark!("there.run_steps(3)");
    let ran: usize = there.run_steps(3);
    mark!("returned {ran}");
}

/// Tasks of every type that the signature lets in, in one queue: large and empty, bound to a thread, bound to a place.
#[check]
fn any_type(inputs: &mut Inputs) {
    /// Nothing at all.
    struct Empty;

    /// May not leave its thread, and has neither `Clone` nor `Debug`.
    struct Shared(Rc<RefCell<Vec<String>>>, String);

    /// As large as many a real task, aligned like few, and not `Unpin`.
    #[repr(align(64))]
    struct Large([u64; 512], PhantomPinned);

    impl Coroutine<()> for Empty {
        type Yield = ();
        type Return = ();

        fn resume(&mut self, (): ()) -> Step<(), ()> {
            mark!("the empty one: a step");
            Step::Yielded(())
        }
    }

    impl Coroutine<()> for Shared {
        type Yield = ();
        type Return = ();

        fn resume(&mut self, (): ()) -> Step<(), ()> {
            self.0.borrow_mut().push(self.1.clone());
            Step::Yielded(())
        }
    }

    impl Coroutine<()> for Large {
        type Yield = ();
        type Return = ();

        fn resume(&mut self, (): ()) -> Step<(), ()> {
            self.0[511] += self.0[0];
            mark!("the large one: {} in its last place", self.0[511]);
            Step::Yielded(())
        }
    }

    let names = inputs.words(2);
    let said = Rc::new(RefCell::new(Vec::new()));
    let mut sched = Scheduler::new();
    mark!("spawned: four tasks of three types, none of them `Send`, `Clone` or `Debug`");
    sched.spawn(Shared(Rc::clone(&said), names[0].clone()));
    sched.spawn(Empty);
    sched.spawn(Large([inputs.number(2..=99); 512], PhantomPinned));
    sched.spawn(Shared(Rc::clone(&said), names[1].clone()));
    mark!("run_steps(10)");
    let ran: usize = sched.run_steps(10);
    mark!("returned {ran}; the first and the last said: {}", said.borrow().join(", "));
}

/// More tasks, and more steps, than a byte or two can count.
#[check]
fn many(inputs: &mut Inputs) {
    /// Says nothing; counts the steps of all its kind, those out of order, and those dropped.
    struct Silent {
        number: usize,
        yields: usize,
        counts: Rc<Counts>,
    }

    #[derive(Default)]
    struct Counts {
        steps: Cell<usize>,
        out_of_order: Cell<usize>,
        dropped: Cell<usize>,
        tasks: Cell<usize>,
    }

    impl Coroutine<()> for Silent {
        type Yield = ();
        type Return = ();

        fn resume(&mut self, (): ()) -> Step<(), ()> {
            let counts = &self.counts;
            if counts.steps.get() % counts.tasks.get() != self.number {
                counts.out_of_order.set(counts.out_of_order.get() + 1);
            }
            counts.steps.set(counts.steps.get() + 1);
            match self.yields.checked_sub(1) {
                Some(left) => {
                    self.yields = left;
                    Step::Yielded(())
                }
                None => Step::Complete(()),
            }
        }
    }

    impl Drop for Silent {
        fn drop(&mut self) {
            self.counts.dropped.set(self.counts.dropped.get() + 1);
        }
    }

    let yields = 99_999 + inputs.size(1..=99);
    let mut sched = Scheduler::new();
    mark!("spawned: three tasks, each of which returns at step {}", yields + 1);
    let few = Rc::new(Counts::default());
    few.tasks.set(3);
    for number in 0..3 {
        sched.spawn(Silent { number, yields, counts: Rc::clone(&few) });
    }
    for (steps, shown) in [(yields, yields.to_string()), (usize::MAX, "usize::MAX".to_owned())] {
        mark!("run_steps({shown})");
        let ran: usize = sched.run_steps(steps);
        mark!("returned {ran}; {} out of order, {} dropped", few.out_of_order.get(), few.dropped.get());
    }

    let all = Rc::new(Counts::default());
    let count = 200_000 + inputs.size(1..=99);
    mark!("spawned: {count} tasks that never return");
    all.tasks.set(count);
    let mut last = None;
    for number in 0..count {
        last = Some(sched.spawn(Silent { number, yields: usize::MAX, counts: Rc::clone(&all) }));
    }
    mark!("the last one's number is {last:?}");
    mark!("run_steps({})", count + 2);
    let ran: usize = sched.run_steps(count + 2);
    mark!("returned {ran}; {} out of order, {} dropped", all.out_of_order.get(), all.dropped.get());
    drop(sched);
    mark!("the scheduler is dropped: {} dropped", all.dropped.get());
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

probe::main!(slide, lazy, for_ever, round_robin, joins_tail, finished, any_place, dropped, ids, apart, any_type, many);
