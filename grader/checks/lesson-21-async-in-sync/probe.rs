//! Observes lesson 21: what runs in which step when a task of a sync scheduler holds a future.

use lesson_21::{Coroutine, Scheduler, Step, blocking, polled, task};
use probe::{Inputs, OnDrop, check, mark};
use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::thread::{self, JoinHandle};

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

/// Pending so many times, then ready. Nobody calls its waker, unless it does so itself.
struct Slow {
    name: &'static str,
    pending: u32,
    polls: u32,
    wakes_itself: bool,
    is_over: bool,
    _local: OnDrop,
}

impl Slow {
    fn named(name: &'static str, pending: u32) -> Self {
        Slow { name, pending, polls: 0, wakes_itself: false, is_over: false, _local: OnDrop::named(name) }
    }

    fn waking(name: &'static str, pending: u32) -> Self {
        Slow { wakes_itself: true, ..Slow::named(name, pending) }
    }
}

impl Future for Slow {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        assert!(!self.is_over, "{} was polled after it was ready", self.name);
        self.polls += 1;
        if self.polls > self.pending {
            self.is_over = true;
            mark!("{}: poll {}, Ready", self.name, self.polls);
            return Poll::Ready(());
        }
        mark!("{}: poll {}, Pending", self.name, self.polls);
        if self.wakes_itself {
            cx.waker().wake_by_ref();
        }
        Poll::Pending
    }
}

/// Runs the scheduler, and says so.
fn mainloop(mut sched: Scheduler) {
    mark!("mainloop()");
    sched.mainloop();
    mark!("returned");
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

    let pending = inputs.number(0..=1) as u32;
    let mut sched = Scheduler::new();
    if inputs.flip() {
        mark!("spawned: a polled future, task({pending})");
        sched.spawn(polled(Slow::waking("polled", pending)));
        sched.spawn(task(pending));
    } else {
        mark!("spawned: task({pending}), a polled future");
        sched.spawn(task(pending));
        sched.spawn(polled(Slow::waking("polled", pending)));
    }
    mainloop(sched);
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

/// What blocks is woken from another thread.
#[check]
fn woken_elsewhere(inputs: &mut Inputs) {
    /// Has a thread bring its value.
    struct Fetch {
        word: String,
        is_there: Arc<AtomicBool>,
        thread: Option<JoinHandle<()>>,
    }

    impl Future for Fetch {
        type Output = ();

        fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
            if self.is_there.load(Ordering::Acquire) {
                mark!("{} is there: Ready", self.word);
                if let Some(thread) = self.thread.take() {
                    thread.join().expect("it doesn't panic");
                }
                return Poll::Ready(());
            }
            if self.thread.is_none() {
                mark!("Pending; a thread fetches {}, and will wake", self.word);
                let (waker, is_there) = (cx.waker().clone(), Arc::clone(&self.is_there));
                self.thread = Some(thread::spawn(move || {
                    is_there.store(true, Ordering::Release);
                    waker.wake();
                }));
            }
            Poll::Pending
        }
    }

    let mut sched = Scheduler::new();
    mark!("spawned: two blocking tasks that are woken by threads");
    for _ in 0..2 {
        sched.spawn(blocking(Fetch { word: inputs.word(), is_there: Arc::default(), thread: None }));
    }
    mainloop(sched);
}

probe::main!(slide, blocks, lazy, by_turns, polls, gate, woken_elsewhere);
