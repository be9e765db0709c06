//! Observes lesson 15: futures that are polled by hand, so that each poll and each wake is a line.

mod clocks;
mod futures;

use clocks::{HastyClock, TestClock};
use futures::{Knocks, Steps, task};
use lesson_15::{delay, foo, join2, yield_now};
use probe::{Gate, Inputs, Wakes, check, mark};
use std::cell::RefCell;
use std::marker::PhantomPinned;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

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

/// However many lines are ahead, a poll prints one.
#[check]
fn long(inputs: &mut Inputs) {
    let mut lengths = [256, 1 << 16, 1 << 31, u32::MAX];
    inputs.shuffle(&mut lengths);
    for n in lengths {
        let (wakes, waker) = Wakes::new();
        mark!("foo({n})");
        let mut coro = pin!(foo(n));
        for i in 1..=2 {
            let polled: ::std::task::Poll<()> = coro.as_mut().poll(&mut Context::from_waker(&waker));
            mark!("poll {i}: {polled:?}, {} wakes", wakes.take());
            if polled.is_ready() {
                break;
            }
        }
    }
}

/// From the first poll on, one `call_at`, one wake, and `Ready` when the time has come: to the nanosecond.
#[check]
fn delays(inputs: &mut Inputs) {
    const MOMENT: Duration = Duration::from_nanos(1);
    let clock = TestClock::default();
    let (before, word) = (seconds(inputs), inputs.word());
    let (_, waker) = task(word.clone());
    let mut cx = Context::from_waker(&waker);
    let uneven = Duration::new(inputs.number(2..=30), inputs.number(1..=999_999_999) as u32);
    let mut pauses = [MOMENT, uneven, Duration::from_secs(1 << 62)];
    inputs.shuffle(&mut pauses);
    for pause in pauses {
        mark!("delay({pause:?}) called, not polled");
        let mut waits = pin!(delay(&clock, pause));
        clock.advance(before);
        mark!("first poll");
        let polled: ::std::task::Poll<()> = waits.as_mut().poll(&mut cx);
        mark!("{polled:?}");
        clock.advance(pause - MOMENT);
        mark!("polled too early, by {MOMENT:?}");
        let polled: ::std::task::Poll<()> = waits.as_mut().poll(&mut cx);
        mark!("{polled:?}");
        clock.advance(MOMENT);
        mark!("polled in time");
        let polled: ::std::task::Poll<()> = waits.as_mut().poll(&mut cx);
        mark!("{polled:?}");
    }

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
        let polled: ::std::task::Poll<()> = waits.as_mut().poll(&mut Context::from_waker(&task(one.clone()).1));
        mark!("polled by {one}: {polled:?}");
    }
}

std::thread_local! {
    /// The delay that a waker of `rings` comes back to.
    static WAITS: RefCell<Option<Pin<Box<dyn Future<Output = ()>>>>> = RefCell::default();
}

/// What a callback meets: a poll that is not over yet, a waker that polls, one that drops, and nobody at all.
#[check]
fn rings(inputs: &mut Inputs) {
    let (pause, late) = (seconds(inputs), seconds(inputs));
    let [one, two] = [inputs.word(), inputs.word()];

    mark!("delay({pause:?}) on a clock that calls back at once");
    let clock = HastyClock::default();
    let (wakes, waker) = Wakes::new();
    let mut waits = pin!(delay(&clock, pause));
    let polled: ::std::task::Poll<()> = waits.as_mut().poll(&mut Context::from_waker(&waker));
    match (polled, wakes.take()) {
        (Poll::Ready(()), 0 | 1) => mark!("the task goes on"),
        (Poll::Pending, 1) => {
            let polled: ::std::task::Poll<()> = waits.as_mut().poll(&mut Context::from_waker(&waker));
            match (polled, wakes.take()) {
                (Poll::Ready(()), 0) => mark!("the task goes on"),
                (polled, wakes) => mark!("woken once, then {polled:?} with {wakes} wakes"),
            }
        }
        (polled, wakes) => mark!("{polled:?}, with {wakes} wakes"),
    }

    let clock: &'static TestClock = Box::leak(Box::default());
    mark!("delay({pause:?}), whose waker polls it, on behalf of {two}");
    let name = two.clone();
    let (_, waker) = Wakes::then(move || {
        mark!("woken");
        let Some(mut waits) = WAITS.take() else { return };
        let polled: ::std::task::Poll<()> = waits.as_mut().poll(&mut Context::from_waker(&task(name.clone()).1));
        mark!("polled by {name}: {polled:?}");
        if polled.is_pending() {
            WAITS.set(Some(waits));
        }
    });
    WAITS.set(Some(Box::pin(delay(clock, pause))));
    leave(&waker);
    clock.advance(pause + late);
    mark!("{}", if WAITS.take().is_some() { "it still waits" } else { "it is over" });

    mark!("delay({pause:?}), whose waker drops it");
    let (_, waker) = Wakes::then(|| {
        mark!("woken");
        drop(WAITS.take());
        mark!("dropped");
    });
    WAITS.set(Some(Box::pin(delay(clock, pause))));
    leave(&waker);
    clock.advance(pause);

    mark!("delay({pause:?}), polled and dropped before its time");
    let mut waits = Box::pin(delay(clock, pause));
    let (_, waker) = Wakes::new();
    mark!("{one} polls: {:?}", waits.as_mut().poll(&mut Context::from_waker(&waker)));
    drop(waits);
    mark!("dropped");
    clock.advance(pause);
    mark!("that is all");
}

/// Polls the delay in [`WAITS`], and leaves this waker with it.
fn leave(waker: &Waker) {
    WAITS.with_borrow_mut(|waits| {
        let waits = waits.as_mut().expect("just left there");
        let polled: ::std::task::Poll<()> = waits.as_mut().poll(&mut Context::from_waker(waker));
        mark!("first poll: {polled:?}");
    });
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
    for (a, b) in cases.into_iter().chain([(1, 1)]) {
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

/// Another waker at each poll: both futures are given that very one.
#[check]
fn join_wakers(inputs: &mut Inputs) {
    let [one, two] = [inputs.word(), inputs.word()];
    let mut lengths = [(3, 3), (2, 3), (3, 2)];
    inputs.shuffle(&mut lengths);
    for (a, b) in lengths {
        mark!("join2: a is ready at poll {a}, b at poll {b}");
        let mut joined = pin!(join2(Knocks { name: 'a', left: a }, Knocks { name: 'b', left: b }));
        for name in [&one, &two, &one] {
            mark!("poll by {name}");
            let (_, waker) = task(name.clone());
            let polled: ::std::task::Poll<((), ())> = joined.as_mut().poll(&mut Context::from_waker(&waker));
            mark!("{polled:?}");
        }
    }
}

/// Outputs that are neither `Unpin` nor `Send`, `Clone`, `Debug` or `'static`.
#[check]
fn any_output(inputs: &mut Inputs) {
    struct Odd<'a> {
        word: &'a str,
        _shared: Rc<()>,
        _stays: PhantomPinned,
    }

    let (left, right) = (inputs.word(), inputs.word());
    let shared = Rc::new(());
    let odd = |word| Odd { word, _shared: Rc::clone(&shared), _stays: PhantomPinned };
    let late = async {
        yield_now().await;
        odd(&right)
    };
    let mut cx = Context::from_waker(Waker::noop());
    mark!("join2: {left:?} at once, and {right:?} at poll 2");
    let mut joined = pin!(join2(async { odd(&left) }, late));
    for i in 1..=2 {
        match joined.as_mut().poll(&mut cx) {
            Poll::Ready((a, b)) => mark!("poll {i}: {:?} and {:?}", a.word, b.word),
            Poll::Pending => mark!("poll {i}: Pending"),
        }
    }
}

/// Several of each kind at once, polled in turn.
#[check]
fn apart(inputs: &mut Inputs) {
    let names = [inputs.word(), inputs.word()];
    let wakers = names.each_ref().map(|name| task(name.clone()).1);
    let turns = if inputs.flip() { [0, 1, 0, 1] } else { [1, 0, 1, 0] };

    mark!("two yield_now(), one of {}, one of {}", names[0], names[1]);
    let mut pauses = [Box::pin(yield_now()), Box::pin(yield_now())];
    for i in turns {
        let polled: ::std::task::Poll<()> = pauses[i].as_mut().poll(&mut Context::from_waker(&wakers[i]));
        mark!("{}: {polled:?}", names[i]);
    }

    let (short, longer) = (seconds(inputs), seconds(inputs));
    let long = short + longer;
    mark!("delay({long:?}) of {}, delay({short:?}) of {}, on one clock", names[0], names[1]);
    let clock = TestClock::default();
    let mut waits = [Some(Box::pin(delay(&clock, long))), Some(Box::pin(delay(&clock, short)))];
    let mut poll_both = || {
        for i in &turns[..2] {
            let Some(wait) = &mut waits[*i] else { continue };
            let polled: ::std::task::Poll<()> = wait.as_mut().poll(&mut Context::from_waker(&wakers[*i]));
            mark!("{}: {polled:?}", names[*i]);
            if polled.is_ready() {
                waits[*i] = None;
            }
        }
    };
    poll_both();
    for by in [short, longer] {
        clock.advance(by);
        poll_both();
    }

    mark!("delay({short:?}) on two clocks");
    let clocks = [TestClock::default(), TestClock::default()];
    let mut waits = [Box::pin(delay(&clocks[0], short)), Box::pin(delay(&clocks[1], short))];
    for i in turns {
        let polled: ::std::task::Poll<()> = waits[i].as_mut().poll(&mut Context::from_waker(&wakers[i]));
        mark!("{}: {polled:?}", names[i]);
    }
    for i in [1, 0] {
        clocks[i].advance(short);
        let polled: ::std::task::Poll<()> = waits[i].as_mut().poll(&mut Context::from_waker(&wakers[i]));
        mark!("{}: {polled:?}", names[i]);
    }

    mark!("two join2, polled in turn");
    let mut joins =
        [('a', 'b'), ('c', 'd')].map(|(a, b)| Box::pin(join2(Steps { name: a, left: 1 }, Steps { name: b, left: 2 })));
    for i in turns {
        let polled: ::std::task::Poll<(char, char)> = joins[i].as_mut().poll(&mut Context::from_waker(&wakers[i]));
        mark!("{polled:?}");
    }
}

/// A hundred thousand polls, and more: what is asked once is asked once, and what is called once is called once.
#[check]
fn many(inputs: &mut Inputs) {
    let times = inputs.number(70_000..=100_000) as usize;
    let clock = TestClock::default();
    let pause = seconds(inputs);
    mark!("delay({pause:?}), polled {times} times, with a new waker each time");
    let mut waits = pin!(delay(&clock, pause));
    let all: Vec<(Wakes, Waker)> = (0..times).map(|_| Wakes::new()).collect();
    let ready = all.iter().filter(|(_, waker)| waits.as_mut().poll(&mut Context::from_waker(waker)).is_ready()).count();
    mark!("Ready: {ready} times");
    clock.advance(pause);
    let calls: Vec<usize> = all.iter().map(|(wakes, _)| wakes.take()).collect();
    mark!("wakes: {}, {} of them for the latest", calls.iter().sum::<usize>(), calls[times - 1]);

    mark!("an async block that awaits {times} yield_now(), beside one that awaits 2");
    let yields = async |n: usize| {
        for _ in 0..n {
            yield_now().await;
        }
    };
    let (wakes, waker) = Wakes::new();
    let mut joined = pin!(join2(yields(times), yields(2)));
    let (mut polls, mut woken) = (0, 0);
    while polls < times + 2 {
        polls += 1;
        if joined.as_mut().poll(&mut Context::from_waker(&waker)).is_ready() {
            break;
        }
        match wakes.take() {
            0 => break,
            n => woken += n,
        }
    }
    mark!("polls: {polls}, wakes: {woken}, and {} in the last poll", wakes.take());
}

probe::main!(
    slide,
    state_machine,
    yields,
    long,
    delays,
    latest_waker,
    rings,
    both,
    polls,
    join_wakers,
    any_output,
    apart,
    many
);
