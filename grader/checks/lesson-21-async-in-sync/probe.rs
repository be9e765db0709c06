//! Observes lesson 21: what runs in which step when a task of a sync scheduler holds a future.

mod fetch;

use fetch::{Fetch, Slow, Woken};
use lesson_21::{Coroutine, Scheduler, Step, blocking, polled, task};
use probe::{Inputs, check, mark};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use std::task::Poll;

/// A sync task that says each of its steps.
struct Neighbour {
    steps: u32,
    taken: u32,
}

impl Neighbour {
    fn with_steps(steps: u32) -> Self {
        Neighbour { steps, taken: 0 }
    }
}

impl Coroutine<()> for Neighbour {
    type Yield = ();
    type Return = ();

    fn resume(&mut self, (): ()) -> Step<(), ()> {
        self.taken += 1;
        mark!("the neighbour's step {}", self.taken);
        if self.taken == self.steps { Step::Complete(()) } else { Step::Yielded(()) }
    }
}

thread_local! {
    /// The futures that were ready, and are gone.
    static OVER: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
}

/// Says which futures that were ready are gone by now; when they went is nobody's affair.
fn say_who_is_gone() {
    let mut names = OVER.take();
    names.sort_unstable();
    mark!("ready and gone: {}", if names.is_empty() { "none".to_owned() } else { names.join(", ") });
}

/// Runs the scheduler, and says so.
fn mainloop(mut sched: Scheduler) {
    mark!("mainloop()");
    sched.mainloop();
    mark!("returned");
    say_who_is_gone();
}

/// The slide's own program.
#[check]
fn slide(_: &mut Inputs) {
    mark!("spawned: task(3), task(3)");
    let mut sched = Scheduler::new();
    sched.spawn(task(3));
    sched.spawn(task(3));
    mainloop(sched);
}

/// While a task blocks, nobody else has a turn, in front of it or behind it.
#[check]
fn blocks(inputs: &mut Inputs) {
    let (steps, n) = (inputs.number(3..=4) as u32, inputs.number(2..=4) as u32);
    let mut sched = Scheduler::new();
    mark!("spawned: a neighbour of {steps} steps, task({n}), a blocking future");
    sched.spawn(Neighbour::with_steps(steps));
    sched.spawn(task(n));
    sched.spawn(blocking(Slow::waking("future", inputs.number(1..=2) as u32)));
    mainloop(sched);
}

/// Making a task runs nothing of it, nor does spawning it; dropped like that, it lets go of its future.
#[check]
fn lazy(inputs: &mut Inputs) {
    let n = inputs.number(2..=4) as u32;
    mark!("task({n}) and two more are made");
    let (counts, blocks) = (task(n), blocking(Slow::waking("blocked", 1)));
    let asks = polled(Slow::waking("polled", n));
    mark!("spawned");
    let mut sched = Scheduler::new();
    sched.spawn(counts);
    sched.spawn(blocks);
    sched.spawn(asks);
    mark!("the scheduler is dropped, without a mainloop()");
    drop(sched);

    mark!("spawned: a polled future, ready at once; task(0); task(1)");
    let mut sched = Scheduler::new();
    sched.spawn(polled(Slow::named("polled", 0)));
    sched.spawn(task(0));
    sched.spawn(task(1));
    mainloop(sched);
}

/// A blocking task without a scheduler, a step at a time: its first step takes the future to its end, be it 100,000
/// polls away.
#[check]
fn two_steps(inputs: &mut Inputs) {
    let mut pending = [0, 1, inputs.number(2..=4) as u32, 100_000];
    inputs.shuffle(&mut pending);
    for (name, pending) in ["anna", "boris", "vera", "gleb"].into_iter().zip(pending) {
        mark!("a blocking task; its future {name} is Pending {pending} times");
        let mut task = blocking(Slow::waking(name, pending));
        for step in 1..=2 {
            mark!("step {step}: {}", resume(&mut task));
        }
        drop(task);
        say_who_is_gone();
    }
    let n = inputs.number(0..=2) as u32;
    mark!("task({n})");
    let mut task = task(n);
    for step in 1..=2 {
        mark!("step {step}: {}", resume(&mut task));
    }
}

/// What one step comes to.
fn resume(task: &mut impl Coroutine<(), Yield = (), Return = ()>) -> &'static str {
    match task.resume(()) {
        Step::Yielded(()) => "Yielded",
        Step::Complete(()) => "Complete",
    }
}

/// A polled task without a scheduler: a poll a step, in the step that asks for it, though there are 10,000 of them.
#[check]
fn poll_by_poll(inputs: &mut Inputs) {
    let mut pending = [0, 1, inputs.number(2..=4) as u32];
    inputs.shuffle(&mut pending);
    let wakes = inputs.size(0..=2);
    for (place, (name, pending)) in ["anna", "boris", "vera"].into_iter().zip(pending).enumerate() {
        mark!("a polled task; its future {name} is Pending {pending} times");
        let mut task = polled(if place == wakes { Slow::waking(name, pending) } else { Slow::named(name, pending) });
        for step in 1..=pending + 1 {
            mark!("step {step}: {}", resume(&mut task));
        }
        drop(task);
        say_who_is_gone();
    }
    let (many, polls) = (10_000 + inputs.number(0..=999), Cell::new(0));
    mark!("a polled task, Pending {many} times");
    let mut task = polled(std::future::poll_fn(|_| {
        polls.set(polls.get() + 1);
        if polls.get() > many { Poll::Ready(()) } else { Poll::Pending }
    }));
    let mut steps = 1;
    while let Step::Yielded(()) = task.resume(()) {
        steps += 1;
        if polls.get() != steps - 1 {
            break;
        }
    }
    mark!("{steps} steps, {} polls", polls.get());
}

/// Tasks that are dropped half way, in the scheduler and outside of it: each lets go of its future where it stands.
#[check]
fn dropped(inputs: &mut Inputs) {
    let steps = inputs.number(1..=3) as u32;
    mark!("a polled task is dropped after {steps} steps, and one before the first");
    let mut task = polled(Slow::named("polled", 9));
    for _ in 0..steps {
        resume(&mut task);
    }
    let fresh = polled(Slow::waking("fresh", steps));
    drop(task);
    drop(fresh);
    mark!("a blocking task is dropped before its first step, and one after it");
    drop(blocking(Slow::waking("blocked", steps)));
    let mut task = blocking(Slow::waking("run", steps));
    mark!("step 1: {}", resume(&mut task));
    drop(task);
    say_who_is_gone();
}

/// Futures that refer to their caller's variables, that can't be moved once polled, nor sent to another thread.
#[check]
fn borrowed(inputs: &mut Inputs) {
    let (words, notes) = (inputs.words(2), RefCell::new(Vec::new()));
    let label = Rc::new(inputs.word());
    mark!("futures that borrow {words:?}, with an Rc inside");
    let note = async |word: &str| {
        let mut paused = false;
        std::future::poll_fn(|cx| {
            cx.waker().wake_by_ref();
            if std::mem::replace(&mut paused, true) { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
        notes.borrow_mut().push(format!("{label} {word}"));
    };
    let (mut asks, mut blocks) = (polled(note(&words[0])), blocking(note(&words[1])));
    for _ in 0..2 {
        mark!("polled: {}, blocking: {}", resume(&mut asks), resume(&mut blocks));
    }
    mark!("the caller's Vec: {:?}", notes.borrow());
}

/// The slide's async function, polled: its numbers come between the others' steps.
#[check]
fn by_turns(inputs: &mut Inputs) {
    use lesson_21::foo;

    let mut counts = [2, 3];
    inputs.shuffle(&mut counts);
    let [a, b] = counts;
    let steps = inputs.number(3..=5) as u32;
    let mut sched = Scheduler::new();
    mark!("spawned: polled(foo({a})), a neighbour of {steps} steps, polled(foo({b}))");
    sched.spawn(polled(foo(a)));
    sched.spawn(Neighbour::with_steps(steps));
    sched.spawn(polled(foo(b)));
    mainloop(sched);
}

/// One poll a step and no more, to futures that wake nobody; none after `Ready`.
#[check]
fn polls(inputs: &mut Inputs) {
    let mut pending = [0, 1, inputs.number(2..=3) as u32];
    inputs.shuffle(&mut pending);
    let mut sched = Scheduler::new();
    mark!("spawned: a neighbour of 3 steps");
    sched.spawn(Neighbour::with_steps(3));
    for (name, pending) in ["anna", "boris", "vera"].into_iter().zip(pending) {
        mark!("spawned: {name}, Pending {pending} times");
        sched.spawn(polled(Slow::named(name, pending)));
    }
    mainloop(sched);
}

/// A future waits for what another task of the same scheduler does: it must get its turn.
#[check]
fn gate(inputs: &mut Inputs) {
    /// Opens at its last step.
    struct Opener {
        steps: u32,
        is_open: Rc<Cell<bool>>,
    }

    impl Coroutine<()> for Opener {
        type Yield = ();
        type Return = ();

        fn resume(&mut self, (): ()) -> Step<(), ()> {
            self.steps -= 1;
            if self.steps > 0 {
                mark!("the gate stays shut");
                return Step::Yielded(());
            }
            mark!("the gate is opened");
            self.is_open.set(true);
            Step::Complete(())
        }
    }

    let (steps, word) = (inputs.number(2..=4) as u32, inputs.word());
    let is_open = Rc::new(Cell::new(false));
    let mut sched = Scheduler::new();
    mark!("spawned: a polled future behind a gate, and who opens it");
    let gate = Rc::clone(&is_open);
    sched.spawn(polled(async move {
        let (word, mut polls) = (word, 0);
        let seen = &mut polls;
        std::future::poll_fn(|_| {
            *seen += 1;
            if gate.get() { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
        mark!("{word} is through, at poll {polls}");
    }));
    sched.spawn(Opener { steps, is_open });
    mainloop(sched);
}

/// What blocks is woken from another thread: after its poll, in the middle of it, and once in vain.
#[check]
fn woken_elsewhere(inputs: &mut Inputs) {
    let mut all = [Woken::Later, Woken::InThePoll, Woken::TooEarly];
    inputs.shuffle(&mut all);
    let mut sched = Scheduler::new();
    mark!("spawned: three blocking tasks that are woken by threads");
    for woken in all {
        let word = inputs.word();
        sched.spawn(blocking(Fetch { word, woken, is_there: Arc::default(), thread: None, second_poll: None }));
    }
    mainloop(sched);
}

probe::main!(slide, blocks, lazy, two_steps, by_turns, polls, poll_by_poll, gate, woken_elsewhere, dropped, borrowed);
