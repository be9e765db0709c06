//! Observes lesson 13: in which order tasks run and end, and what is left of them when their end is announced.

use lesson_13::{Coroutine, Scheduler, Step, TaskId, bar, foo};
use probe::{Inputs, Steps, check, mark};
use std::cell::Cell;
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

/// The slide's own program.
#[check]
fn slide(_: &mut Inputs) {
    mark!("spawned: foo(2), bar(2)");
    let mut sched = Scheduler::new();
    sched.spawn(foo(2));
    sched.spawn(bar(2));
    mark!("mainloop()");
    sched.mainloop();
    mark!("returned");
}

/// The slide's tasks, of different lengths: an end is announced in the round in which it comes.
#[check]
fn uneven(inputs: &mut Inputs) {
    let mut sched = Scheduler::new();
    mark!("spawned: foo(1), bar(3)");
    sched.spawn(foo(1));
    sched.spawn(bar(3));
    mark!("mainloop()");
    sched.mainloop();
    mark!("returned");

    let mut lengths = [1, 2, 4];
    inputs.shuffle(&mut lengths);
    let [a, b, c] = lengths;
    let mut sched = Scheduler::new();
    mark!("another scheduler; spawned: bar({a}), foo({b}), bar({c})");
    sched.spawn(bar(a));
    sched.spawn(foo(b));
    sched.spawn(bar(c));
    mark!("mainloop()");
    sched.mainloop();
    mark!("returned");
}

/// The slide's tasks without a scheduler: none, one and many lines, two of them at once.
#[check]
fn by_hand(inputs: &mut Inputs) {
    let mut lengths = [0, 1, 65_536 + 2, u32::MAX];
    inputs.shuffle(&mut lengths);
    for n in lengths {
        mark!("foo({n}) and bar({n}) are called");
        let (mut one, mut other) = (foo(n), bar(n));
        for step in 1..=n.saturating_add(1).min(4) {
            mark!("step {step}");
            let got: Step<(), ()> = one.resume(());
            mark!("foo's is {got:?}");
            let got: Step<(), ()> = other.resume(());
            mark!("bar's is {got:?}");
        }
    }
}

/// Tasks that end one right after the other, wherever they stand.
#[check]
fn together(inputs: &mut Inputs) {
    let names = inputs.words(4);
    let mut ends = [vec![0, 0, 0, 0], vec![1, 0, 0, 1], vec![0, 1, 1, 0], vec![1, 1, 1, 0], vec![0, 1, 0, 1]];
    inputs.shuffle(&mut ends);
    for yields in ends {
        let mut sched = Scheduler::new();
        let steps: Vec<String> = yields.iter().map(|yields| (yields + 1).to_string()).collect();
        mark!("spawned: {}, which return at step {}", names.join(", "), steps.join(", "));
        for (name, yields) in names.iter().zip(yields) {
            sched.spawn(Worker(Steps::with_yields(name, yields)));
        }
        mark!("mainloop()");
        sched.mainloop();
        mark!("returned");
    }
}

/// A scheduler that is used again and again, with nothing to do in between.
#[check]
fn again(inputs: &mut Inputs) {
    let names = inputs.words(6);
    let mut sched = Scheduler::new();
    let mut rest = names.iter();
    for count in [2, 1, 0, 3] {
        for name in rest.by_ref().take(count) {
            let yields = inputs.size(0..=2);
            let tid: TaskId = sched.spawn(Worker(Steps::watched(name, yields)));
            mark!("spawned: {name}, which returns at step {}, as {tid:?}", yields + 1);
        }
        mark!("mainloop()");
        sched.mainloop();
        mark!("returned");
    }
}

/// Two schedulers at once, and one inside a task of another: none has anything of the others'.
#[check]
fn apart(inputs: &mut Inputs) {
    /// A task that runs a scheduler of its own, and yields once.
    struct Manager {
        own: Scheduler,
        yielded: bool,
    }

    impl Coroutine<()> for Manager {
        type Yield = ();
        type Return = ();

        fn resume(&mut self, (): ()) -> Step<(), ()> {
            if self.yielded {
                mark!("the manager: returns");
                return Step::Complete(());
            }
            mark!("the manager: mainloop() of its own scheduler");
            self.own.mainloop();
            mark!("the manager: its own mainloop() returned");
            self.yielded = true;
            Step::Yielded(())
        }
    }

    let names = inputs.words(5);
    let (mut here, mut there) = (Scheduler::new(), Scheduler::new());
    mark!("here: {}, a manager, {}; there: {}", names[0], names[2], names[1]);
    here.spawn(Worker(Steps::with_yields(&names[0], 1)));
    there.spawn(Worker(Steps::watched(&names[1], inputs.size(0..=1))));
    let mut own = Scheduler::new();
    own.spawn(Worker(Steps::watched(&names[3], 0)));
    own.spawn(Worker(Steps::with_yields(&names[4], 1)));
    mark!("the manager's own: {}, {}", names[3], names[4]);
    here.spawn(Manager { own, yielded: false });
    here.spawn(Worker(Steps::watched(&names[2], 0)));
    mark!("here.mainloop()");
    here.mainloop();
    mark!("here is dropped");
    drop(here);
    mark!("there.mainloop()");
    there.mainloop();
    mark!("returned");
}

/// Tasks of every type that the signature lets in, in one queue: empty, bound to a thread, large and bound to a place.
#[check]
fn any_type(inputs: &mut Inputs) {
    /// Nothing at all.
    struct Empty;

    /// May not leave its thread, and has neither `Clone` nor `Debug`.
    struct Shared(Rc<Cell<usize>>);

    /// Aligned like few, and not `Unpin`.
    #[repr(align(64))]
    struct Large([u64; 512], PhantomPinned);

    impl Coroutine<()> for Empty {
        type Yield = ();
        type Return = ();

        fn resume(&mut self, (): ()) -> Step<(), ()> {
            mark!("the empty one returns");
            Step::Complete(())
        }
    }

    impl Coroutine<()> for Shared {
        type Yield = ();
        type Return = ();

        fn resume(&mut self, (): ()) -> Step<(), ()> {
            self.0.set(self.0.get() + 1);
            if self.0.get() < 5 { Step::Yielded(()) } else { Step::Complete(()) }
        }
    }

    impl Coroutine<()> for Large {
        type Yield = ();
        type Return = ();

        fn resume(&mut self, (): ()) -> Step<(), ()> {
            mark!("the large one returns, with {} in its last place", self.0[511]);
            Step::Complete(())
        }
    }

    let steps = Rc::new(Cell::new(0));
    let mut sched = Scheduler::new();
    mark!("spawned: four tasks of three types, none of them `Send`, `Clone` or `Debug`");
    sched.spawn(Shared(Rc::clone(&steps)));
    sched.spawn(Empty);
    sched.spawn(Large([inputs.number(2..=99); 512], PhantomPinned));
    sched.spawn(Shared(Rc::clone(&steps)));
    mark!("mainloop()");
    sched.mainloop();
    mark!("returned; the first and the last took {} steps", steps.get());
}

/// More tasks, and more steps, than a byte or two can count.
#[check]
fn large(inputs: &mut Inputs) {
    /// Yields so often, then returns; counts the steps of all its kind, and those dropped.
    struct Silent {
        yields: usize,
        steps: Rc<Cell<usize>>,
        dropped: Rc<Cell<usize>>,
    }

    impl Coroutine<()> for Silent {
        type Yield = ();
        type Return = ();

        fn resume(&mut self, (): ()) -> Step<(), ()> {
            self.steps.set(self.steps.get() + 1);
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
            self.dropped.set(self.dropped.get() + 1);
        }
    }

    let (steps, dropped) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(0)));
    let silent = |yields| Silent { yields, steps: Rc::clone(&steps), dropped: Rc::clone(&dropped) };
    let yields = 99_999 + inputs.size(1..=99);
    let mut sched = Scheduler::new();
    mark!("spawned: three tasks, each of which returns at step {}", yields + 1);
    for _ in 0..3 {
        sched.spawn(silent(yields));
    }
    mark!("mainloop()");
    sched.mainloop();
    mark!("returned after {} steps; {} dropped", steps.take(), dropped.take());

    let few = 260 + inputs.size(1..=9);
    mark!("spawned: {few} tasks, each of which returns at step 1; mainloop()");
    for _ in 0..few {
        sched.spawn(silent(0));
    }
    sched.mainloop();
    mark!("returned after {} steps; {} dropped", steps.take(), dropped.take());

    let many = 200_000 + inputs.size(1..=99);
    let mut last = None;
    for _ in 0..many {
        last = Some(sched.spawn(silent(1)));
    }
    mark!("spawned: {many} tasks, the last of them as {last:?}");
    drop(sched);
    mark!("the scheduler is dropped after {} steps; {} dropped", steps.take(), dropped.take());
}

/// Tasks of another type, one of which ends at its first step; each keeps its turn when a neighbour has gone.
#[check]
fn many(inputs: &mut Inputs) {
    let count = inputs.size(3..=5);
    let names = inputs.words(count);
    let mut yields: Vec<usize> = [0, 2, 1, 3, 1].into_iter().take(count).collect();
    inputs.shuffle(&mut yields);

    let mut sched = Scheduler::new();
    for (name, &yields) in names.iter().zip(&yields) {
        let tid: TaskId = sched.spawn(Worker(Steps::with_yields(name, yields)));
        mark!("spawned: {name}, which returns at step {}, as {tid:?}", yields + 1);
    }
    mark!("mainloop()");
    sched.mainloop();
    mark!("returned");
}

/// A loop without tasks, before and after; a task without a line.
#[check]
fn nothing_to_do(inputs: &mut Inputs) {
    let mut sched = Scheduler::new();
    mark!("nothing is spawned; mainloop()");
    sched.mainloop();
    mark!("returned");

    let lines = inputs.size(1..=3) as u32;
    if inputs.flip() {
        mark!("spawned: foo(0), bar({lines})");
        sched.spawn(foo(0));
        sched.spawn(bar(lines));
    } else {
        mark!("spawned: foo({lines}), bar(0)");
        sched.spawn(foo(lines));
        sched.spawn(bar(0));
    }
    for _ in 0..2 {
        mark!("mainloop()");
        sched.mainloop();
        mark!("returned");
    }
}

/// Numbers are the scheduler's own, and go on when its first tasks are over.
#[check]
fn ids(inputs: &mut Inputs) {
    /// Returns at its first step, and says nothing.
    struct Brief;

    impl Coroutine<()> for Brief {
        type Yield = ();
        type Return = ();

        fn resume(&mut self, (): ()) -> Step<(), ()> {
            Step::Complete(())
        }
    }

    let (mut here, mut there) = (Scheduler::new(), Scheduler::new());
    for _ in 0..inputs.size(2..=3) {
        let tid: ::lesson_13::TaskId = here.spawn(Brief);
        mark!("here.spawn(…) returned {tid:?}");
    }
    for _ in 0..inputs.size(1..=2) {
        let tid: ::lesson_13::TaskId = there.spawn(Brief);
        mark!("there.spawn(…) returned {tid:?}");
    }
    mark!("here.mainloop()");
    here.mainloop();
    for _ in 0..inputs.size(1..=2) {
        let tid: ::lesson_13::TaskId = here.spawn(Brief);
        mark!("here.spawn(…) returned {tid:?}");
    }
    mark!("there.mainloop()");
    there.mainloop();
    mark!("here.mainloop()");
    here.mainloop();
}

/// When its end is announced, a task is gone; one that never ended is not announced at all.
#[check]
fn dropped_first(inputs: &mut Inputs) {
    let names = inputs.words(4);
    let mut yields = [0, 1, 2];
    inputs.shuffle(&mut yields);

    let mut sched = Scheduler::new();
    for (name, yields) in names.iter().zip(yields) {
        mark!("spawned: {name}, which returns at step {}", yields + 1);
        sched.spawn(Worker(Steps::watched(name, yields)));
    }
    mark!("mainloop()");
    sched.mainloop();
    mark!("returned; spawned: {}", names[3]);
    sched.spawn(Worker(Steps::watched(&names[3], 1)));
    mark!("the scheduler is dropped");
    drop(sched);
    mark!("gone");
}

probe::main!(slide, uneven, by_hand, many, together, nothing_to_do, again, ids, dropped_first, apart, any_type, large);
