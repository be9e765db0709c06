//! Observes lesson 13: in which order tasks run and end, and what is left of them when their end is announced.

use lesson_13::{Coroutine, Scheduler, Step, TaskId, bar, foo};
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
}

probe::main!(slide, uneven, many, nothing_to_do, ids, dropped_first);
