//! Observes lesson 15: futures that are polled by hand, so that each poll and each wake is a line.

use lesson_15::{Clock, delay, foo, join2, yield_now};
use probe::{Gate, Inputs, Wakes, check, mark};
use std::cell::{Cell, RefCell};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// A task in name only: its waker says that it was called.
fn task(name: String) -> (Wakes, Waker) {
    Wakes::then(move || mark!("the waker of {name} is called"))
}

/// A clock that stands still until it is told to go on, and says what it was asked for.
#[derive(Default)]
struct TestClock {
    now: Cell<Duration>,
    alarms: RefCell<Vec<(Duration, Box<dyn FnOnce() + Send>)>>,
}

impl Clock for TestClock {
    fn now(&self) -> Duration {
        self.now.get()
    }

    fn call_at(&self, when: Duration, callback: Box<dyn FnOnce() + Send>) {
        mark!("call_at({when:?})");
        self.alarms.borrow_mut().push((when, callback));
    }
}

impl TestClock {
    /// Goes on, then calls back whom it should, the earliest first.
    fn advance(&self, by: Duration) {
        self.now.set(self.now.get() + by);
        mark!("the clock shows {:?}", self.now());
        let (mut due, later): (Vec<_>, Vec<_>) = self.alarms.take().into_iter().partition(|(at, _)| *at <= self.now());
        self.alarms.replace(later);
        due.sort_by_key(|(at, _)| *at);
        for (_, callback) in due {
            callback();
        }
    }
}

/// A future that is ready at a given poll, and tells of each one.
struct Steps {
    name: char,
    left: u32,
}

impl Future for Steps {
    type Output = char;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<char> {
        let name = self.name;
        match self.left {
            0 => {
                mark!("{name} is polled again, though it was ready before");
                return Poll::Ready(name);
            }
            1 => mark!("{name} is polled: ready"),
            _ => mark!("{name} is polled: pending"),
        }
        self.left -= 1;
        if self.left == 0 { Poll::Ready(name) } else { Poll::Pending }
    }
}

fn seconds(inputs: &mut Inputs) -> Duration {
    Duration::from_secs(inputs.number(2..=30))
}

/// The program of the README: two lines, and three polls.
#[check]
fn slide(_: &mut Inputs) {
    mark!("coro = foo(2)");
    let mut coro = pin!(foo(2));
    let mut cx = Context::from_waker(Waker::noop());
    for i in 1..=3 {
        mark!("poll {i}");
        let polled: ::std::task::Poll<()> = coro.as_mut().poll(&mut cx);
        mark!("{polled:?}");
    }
}

/// As many polls as there are lines, and one more; two of them keep apart, and each wakes whoever polled it.
#[check]
fn state_machine(inputs: &mut Inputs) {
    let n = inputs.number(2..=3) as u32;
    let mut lengths = [0, 1, n];
    inputs.shuffle(&mut lengths);
    mark!("coros foo({}), foo({}), foo({}), polled in turn", lengths[0], lengths[1], lengths[2]);
    let mut coros: Vec<_> = lengths
        .into_iter()
        .map(|n| {
            let (_, waker) = task(format!("foo({n})"));
            (n, waker, Some(Box::pin(foo(n))))
        })
        .collect();
    for _ in 0..=n {
        for (n, waker, slot) in &mut coros {
            let Some(coro) = slot else { continue };
            let polled: ::std::task::Poll<()> = coro.as_mut().poll(&mut Context::from_waker(waker));
            mark!("foo({n}): {polled:?}");
            if polled.is_ready() {
                *slot = None;
            }
        }
    }
}

/// Two polls and one wake, whoever polls; and one poll more for each that an async block awaits.
#[check]
fn yields(inputs: &mut Inputs) {
    let (first, second) = (inputs.word(), inputs.word());
    let n = inputs.number(2..=4);
    let (_, first_waker) = task(first.clone());
    let (_, second_waker) = task(second.clone());

    mark!("yield_now(), polled by {first}, then by {second}");
    let mut once = pin!(yield_now());
    let polled: ::std::task::Poll<()> = once.as_mut().poll(&mut Context::from_waker(&first_waker));
    mark!("{polled:?}");
    let polled: ::std::task::Poll<()> = once.as_mut().poll(&mut Context::from_waker(&second_waker));
    mark!("{polled:?}");

    mark!("an async block that awaits {n} of them");
    let (wakes, waker) = task("the block".to_owned());
    let mut block = pin!(async {
        for _ in 0..n {
            yield_now().await;
        }
    });
    for i in 1..=n + 2 {
        mark!("poll {i}");
        if block.as_mut().poll(&mut Context::from_waker(&waker)).is_ready() {
            mark!("Ready(())");
            return;
        }
        if wakes.take() == 0 {
            mark!("Pending, and nobody woke it");
            return;
        }
    }
    mark!("still not ready");
}

/// From the first poll on, one `call_at`, one wake, and `Ready` when the time has come.
#[check]
fn delays(inputs: &mut Inputs) {
    let clock = TestClock::default();
    let (pause, before, early) = (seconds(inputs), seconds(inputs), Duration::from_secs(1));
    let (_, waker) = task(inputs.word());
    let mut cx = Context::from_waker(&waker);

    mark!("delay({pause:?}) called, not polled");
    let mut waits = pin!(delay(&clock, pause));
    clock.advance(before);
    mark!("first poll");
    let polled: ::std::task::Poll<()> = waits.as_mut().poll(&mut cx);
    mark!("{polled:?}");
    clock.advance(pause - early);
    mark!("polled too early");
    let polled: ::std::task::Poll<()> = waits.as_mut().poll(&mut cx);
    mark!("{polled:?}");
    clock.advance(early);
    mark!("polled in time");
    let polled: ::std::task::Poll<()> = waits.as_mut().poll(&mut cx);
    mark!("{polled:?}");

    mark!("delay(0s), polled");
    let polled: ::std::task::Poll<()> = pin!(delay(&clock, Duration::ZERO)).poll(&mut cx);
    mark!("{polled:?}");
}

/// A delay that moves from task to task: the latest to poll it is the one to wake, and the only one.
#[check]
fn latest_waker(inputs: &mut Inputs) {
    let clock = TestClock::default();
    let (one, two) = (inputs.word(), inputs.word());
    let mut rounds = [vec![&one, &two], vec![&one, &two, &one], vec![&two, &two, &two]];
    inputs.shuffle(&mut rounds);
    for names in rounds {
        let pause = seconds(inputs);
        mark!("delay({pause:?})");
        let mut waits = pin!(delay(&clock, pause));
        for name in names {
            let (_, waker) = task(name.clone());
            let polled: ::std::task::Poll<()> = waits.as_mut().poll(&mut Context::from_waker(&waker));
            mark!("polled by {name}: {polled:?}");
        }
        clock.advance(pause);
    }
}

/// Outputs of two types in their places, futures that borrow and aren't `Unpin`, and a wake by either.
#[check]
fn both(inputs: &mut Inputs) {
    let (word, number) = (inputs.word(), inputs.number(10..=99));
    let mut cx = Context::from_waker(Waker::noop());

    mark!("join2 called and dropped");
    drop(join2(Steps { name: 'a', left: 1 }, Steps { name: 'b', left: 1 }));

    mark!("join2(async {{ {number} }}, async {{ {word:?} }})");
    let polled: ::std::task::Poll<(u64, &str)> = pin!(join2(async { number }, async { &*word })).poll(&mut cx);
    mark!("{polled:?}");

    let mut orders = [[0, 1], [1, 0]];
    inputs.shuffle(&mut orders);
    for order in orders {
        mark!("join2(join2(c, gate 0), gate 1): a RefCell, Rcs");
        let notes = RefCell::new(Vec::new());
        let shared = Rc::new(word.clone());
        let gates = [Gate::shut('0'), Gate::shut('1')];
        let visit = |i: usize| {
            let (shared, notes, gates) = (Rc::clone(&shared), &notes, &gates);
            async move {
                gates[i].pass().await;
                notes.borrow_mut().push(format!("{shared} {i}"));
                i
            }
        };
        let (wakes, waker) = task("the task".to_owned());
        let mut cx = Context::from_waker(&waker);
        let mut joined = pin!(join2(join2(Steps { name: 'c', left: 1 }, visit(0)), visit(1)));
        let polled: ::std::task::Poll<((char, usize), usize)> = joined.as_mut().poll(&mut cx);
        mark!("{polled:?}");
        for i in order {
            mark!("gate {i} opens");
            if !gates[i].open() {
                mark!("nobody waits for it");
            }
            if wakes.take() > 0 {
                let polled: ::std::task::Poll<((char, usize), usize)> = joined.as_mut().poll(&mut cx);
                mark!("{polled:?}");
            }
        }
        mark!("the RefCell: {:?}", notes.borrow());
    }
}

/// Which of the two is polled at each poll, until both are ready and not once more.
#[check]
fn polls(inputs: &mut Inputs) {
    let few = inputs.number(1..=2) as u32;
    let many = few + inputs.number(1..=2) as u32;
    let same = inputs.number(1..=2) as u32;
    let mut cases = [(few, many), (many, few), (same, same)];
    inputs.shuffle(&mut cases);
    let mut cx = Context::from_waker(Waker::noop());
    for (a, b) in cases {
        mark!("join2: a is ready at poll {a}, b at poll {b}");
        let mut joined = pin!(join2(Steps { name: 'a', left: a }, Steps { name: 'b', left: b }));
        for _ in 0..=a.max(b) {
            let polled: ::std::task::Poll<(char, char)> = joined.as_mut().poll(&mut cx);
            mark!("{polled:?}");
            if polled.is_ready() {
                break;
            }
        }
    }
}

probe::main!(slide, state_machine, yields, delays, latest_waker, both, polls);
