//! Observes lesson 05: when `timeit` prints, and what, on a clock that moves only when it is told to.

use lesson_05::{Clock, TimeIt, timeit, with_timeit};
use probe::{Inputs, OnDrop, catch, check, mark};
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind, panic_any};
use std::rc::Rc;
use std::time::Duration;

/// A clock that stands still until it is told to go on.
struct TestClock {
    now: Cell<Duration>,
}

impl TestClock {
    fn at(now: Duration) -> Self {
        TestClock { now: Cell::new(now) }
    }

    fn advance(&self, by: Duration) {
        self.now.set(self.now.get() + by);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Duration {
        self.now.get()
    }
}

/// From one second to twenty, in quarters: nothing to round, and sums that are easy on the reader.
fn span(inputs: &mut Inputs) -> Duration {
    Duration::from_millis(250 * inputs.number(4..=80))
}

/// The slide's own block: one line, when the body is over and not before.
#[check]
fn slide(_: &mut Inputs) {
    let clock = TestClock::at(Duration::ZERO);
    mark!("with_timeit, and a body that takes 2s");
    with_timeit(&clock, |_start| {
        clock.advance(Duration::from_secs(2));
        mark!("the last line of the body");
    });
    mark!("after with_timeit");
}

/// Short and long spans on a clock that shows a large number, as Python's `time.time()` does.
///
/// No span is half way between two hundredths, where ways of rounding differ.
#[check]
fn formats(inputs: &mut Inputs) {
    let carries = 1_000 * inputs.number(1..=9) + inputs.number(996..=999);
    let needs_a_zero = 1_000 * inputs.number(10..=59) + 10 * inputs.number(1..=9) + inputs.number(1..=4);
    let hours = 3_600_000 * inputs.number(1..=9) + 10 * inputs.number(10..=99) + inputs.number(6..=9);
    let days = 86_400_000 * inputs.number(50..=999) + 10 * inputs.number(10..=99);
    let mut spans = [4, 61_500, carries, needs_a_zero, hours, days].map(Duration::from_millis).to_vec();
    // Ten microseconds on either side of a half, and the shortest of spans.
    let half = Duration::from_millis(10 * inputs.number(0..=999) + 5);
    let little = Duration::from_micros(10);
    spans.extend([half - little, half + little, Duration::ZERO, Duration::from_nanos(1)]);
    inputs.shuffle(&mut spans);

    let clock = TestClock::at(Duration::from_millis(inputs.number(1_700_000_000_001..=1_799_999_999_999)));
    mark!("with_timeit, on a clock that shows {:?}", clock.now());
    for takes in spans {
        with_timeit(&clock, |_start| {
            clock.advance(takes);
            mark!("the body took {takes:?}");
        });
    }
}

/// Each way out of a function but a panic, then `?` in a body.
#[check]
fn early_exit(inputs: &mut Inputs) {
    fn parse(text: &str) -> Result<u64, String> {
        text.parse().map_err(|_| {
            mark!("{text:?} is not a number: out by `?`");
            format!("not a number: {text}")
        })
    }

    fn half(clock: &TestClock, text: &str, takes: Duration) -> Result<u64, String> {
        let _timer = timeit(clock);
        clock.advance(takes);
        if text.is_empty() {
            mark!("nothing to parse: out by `return`");
            return Ok(0);
        }
        let number = parse(text)?;
        mark!("the last line of the function");
        Ok(number / 2)
    }

    let clock = TestClock::at(Duration::ZERO);
    let mut texts = [String::new(), inputs.word(), inputs.number(2..=99).to_string()];
    inputs.shuffle(&mut texts);
    for text in &texts {
        let takes = span(inputs);
        mark!("a function that keeps a guard, given {text:?}; it takes {takes:?}");
        let got: ::std::result::Result<u64, ::std::string::String> = half(&clock, text, takes);
        mark!("returned {got:?}");
    }

    let (text, takes) = (inputs.word(), span(inputs));
    mark!("with_timeit, and a body that takes {takes:?}");
    let got: ::std::result::Result<u64, ::std::string::String> = with_timeit(&clock, |_start| {
        clock.advance(takes);
        Ok(parse(&text)? / 2)
    });
    mark!("returned {got:?}");
}

/// A panic passes through as it was, and the line is out before anyone catches it.
#[check]
fn on_panic(inputs: &mut Inputs) {
    let clock = TestClock::at(Duration::ZERO);

    let (word, takes) = (inputs.word(), span(inputs));
    mark!("with_timeit, and a body that panics");
    let caught: ::std::result::Result<(), ::std::string::String> = catch(|| {
        with_timeit(&clock, |_start| {
            clock.advance(takes);
            mark!("{takes:?} later: panic!");
            panic!("no {word} left");
        })
    });
    mark!("the caller caught {caught:?}");

    let (word, takes) = (inputs.word(), span(inputs));
    mark!("a guard, and a panic in its scope");
    let caught: ::std::result::Result<(), ::std::string::String> = catch(|| {
        let _timer = timeit(&clock);
        clock.advance(takes);
        mark!("{takes:?} later: panic!");
        panic!("no {word} left");
    });
    mark!("the caller caught {caught:?}");
}

/// The inner one ends first, and each has its own start.
#[check]
fn nested(inputs: &mut Inputs) {
    let clock = TestClock::at(Duration::ZERO);

    let (first, then) = (span(inputs), span(inputs));
    {
        mark!("a guard, {first:?}, a second guard, {then:?}");
        let _outer = timeit(&clock);
        clock.advance(first);
        let _inner = timeit(&clock);
        clock.advance(then);
        mark!("the last line of their scope");
    }

    let (first, then, last) = (span(inputs), span(inputs), span(inputs));
    mark!("with_timeit in with_timeit: {first:?}, then {then:?} in the inner body, then {last:?}");
    with_timeit(&clock, |start: Duration| {
        mark!("the outer body, given {start:?}");
        clock.advance(first);
        with_timeit(&clock, |start: Duration| {
            mark!("the inner body, given {start:?}");
            clock.advance(then);
            mark!("the last line of the inner body");
        });
        clock.advance(last);
        mark!("the last line of the outer body");
    });
}

/// A panic goes on as it was, whatever it carries and wherever in the body it began.
#[check]
fn any_panic(inputs: &mut Inputs) {
    struct Payload(u64);

    let clock = TestClock::at(Duration::ZERO);
    let (number, takes) = (inputs.number(10..=99), span(inputs));
    mark!("with_timeit, and a panic that carries a value of a type of its own, with {number} in it");
    let caught = catch_unwind(AssertUnwindSafe(|| {
        with_timeit(&clock, |_start| {
            clock.advance(takes);
            mark!("{takes:?} later: panic!");
            panic_any(Payload(number));
        })
    }));
    let carried = caught.err().and_then(|payload| payload.downcast::<Payload>().ok()).map(|payload| payload.0);
    mark!("the caller caught the value with {carried:?} in it");

    let (inner, outer) = (span(inputs), span(inputs));
    mark!("with_timeit in with_timeit; the inner body panics, after {outer:?} and {inner:?}");
    let caught: ::std::result::Result<(), ::std::string::String> = catch(|| {
        with_timeit(&clock, |_start| {
            clock.advance(outer);
            with_timeit(&clock, |_start| {
                clock.advance(inner);
                panic!("stop");
            })
        })
    });
    mark!("the caller caught {caught:?}");

    mark!("with_timeit, and a body that panics and catches that itself");
    let got: ::std::result::Result<(), ::std::string::String> = with_timeit(&clock, |_start| {
        let caught = catch(|| panic!("a small thing"));
        mark!("the body caught {caught:?}");
        clock.advance(takes);
        caught
    });
    mark!("returned {got:?}");

    mark!("with_timeit in a drop that runs while a panic goes by");
    let caught: ::std::result::Result<(), ::std::string::String> = catch(|| {
        let _late = Late(|| {
            let got: u64 = with_timeit(&clock, |_start| {
                clock.advance(takes);
                number
            });
            mark!("in the drop, with_timeit returned {got}");
        });
        panic!("first");
    });
    mark!("the caller caught {caught:?}");
}

/// Runs a closure when it is dropped.
struct Late<F: FnMut()>(F);

impl<F: FnMut()> Drop for Late<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}

/// What the body returns comes back, whatever it is: borrowed, impossible to copy, bound to this thread.
#[check]
fn any_result(inputs: &mut Inputs) {
    let clock = TestClock::at(Duration::from_secs(inputs.number(1..=99)));
    let (words, takes) = (inputs.words(2), span(inputs));
    let text = words.join(" ");

    mark!("a body that returns a part of a text of the caller's; it takes {takes:?}");
    let got: &str = with_timeit(&clock, |_start| {
        clock.advance(takes);
        text.split(' ').next().unwrap()
    });
    mark!("returned {got:?}");

    mark!("a body that gives away what it owns, and returns something that can't be copied");
    let (owned, seen) = (words, RefCell::new(Vec::new()));
    let got: Rc<dyn Fn() -> String> = with_timeit(&clock, |_start| {
        seen.borrow_mut().push("the body ran");
        Rc::new(move || owned.concat())
    });
    mark!("returned what gives {:?}; {:?}", got(), seen.borrow());

    mark!("a body that returns nothing, and one that returns an Err");
    let () = with_timeit(&clock, |_start| ());
    let got: ::std::result::Result<(), OnDrop> = with_timeit(&clock, |_start| Err(OnDrop::named("the error")));
    mark!("returned an Err? {}", got.is_err());
}

/// How often the clock is asked, and by whom: once at the start, once at the end.
#[check]
fn asks_the_clock(inputs: &mut Inputs) {
    /// Says when it is asked, and goes on by itself whenever that happens.
    struct Told {
        now: Cell<Duration>,
        step: Duration,
    }
    impl Clock for Told {
        fn now(&self) -> Duration {
            let now = self.now.get();
            mark!("the clock is asked, and shows {now:?}");
            self.now.set(now + self.step);
            now
        }
    }

    let clock = Told { now: Cell::new(span(inputs)), step: span(inputs) };
    mark!("with_timeit");
    with_timeit(&clock, |start: Duration| mark!("the body, given {start:?}"));
    mark!("timeit");
    let timer = timeit(&clock);
    mark!("drop");
    drop(timer);
}

/// A guard goes where its owner goes: returned, stored, replaced, dropped in any order.
#[check]
fn lives_of_guards(inputs: &mut Inputs) {
    fn begun(clock: &TestClock, takes: Duration) -> TimeIt<'_, TestClock> {
        let timer = timeit(clock);
        clock.advance(takes);
        mark!("the last line of a function that returns its guard");
        timer
    }

    let clock = TestClock::at(Duration::from_secs(inputs.number(1..=99)));
    let (first, then, last) = (span(inputs), span(inputs), span(inputs));
    mark!("a guard is made, {first:?}, and returned; {then:?}");
    let timer = begun(&clock, first);
    clock.advance(then);
    mark!("drop");
    drop(timer);

    mark!(
        "three guards in a Vec, {first:?}, {then:?} and {last:?} after each; the middle one is removed, then all the others"
    );
    let mut timers = Vec::new();
    for takes in [first, then, last] {
        timers.push(timeit(&clock));
        clock.advance(takes);
    }
    drop(timers.remove(1));
    mark!("the others");
    drop(timers);

    mark!("two clocks at once, {first:?} on one and {last:?} on the other");
    let other = TestClock::at(Duration::ZERO);
    let (one, two) = (timeit(&clock), timeit(&other));
    clock.advance(first);
    other.advance(last);
    drop(one);
    drop(two);

    mark!("a guard in a variable is replaced by a new one; {then:?} on each side");
    let mut timer = timeit(&clock);
    clock.advance(then);
    timer = timeit(&clock);
    clock.advance(then);
    mark!("replaced");
    drop(timer);

    mark!("a guard that is forgotten");
    std::mem::forget(timeit(&clock));
    mark!("the end");
}

/// A clock may be anything that tells the time: one that borrows, and one of no size.
#[check]
fn any_clock(inputs: &mut Inputs) {
    struct Borrowed<'a>(&'a Cell<Duration>, Rc<()>);
    impl Clock for Borrowed<'_> {
        fn now(&self) -> Duration {
            self.0.get()
        }
    }
    struct Still;
    impl Clock for Still {
        fn now(&self) -> Duration {
            Duration::MAX
        }
    }

    let (now, takes) = (Cell::new(Duration::ZERO), span(inputs));
    mark!("a clock that borrows what it shows, and stays on its thread; {takes:?}");
    let clock = Borrowed(&now, Rc::new(()));
    let timer = timeit(&clock);
    now.set(takes);
    drop(timer);
    with_timeit(&clock, |start: Duration| {
        mark!("the body, given {start:?}");
        now.set(takes + takes);
    });

    mark!("a clock that stands at {:?}", Duration::MAX);
    drop(timeit(&Still));
    with_timeit(&Still, |start: Duration| mark!("the body, given {start:?}"));
}

probe::main!(
    slide,
    formats,
    early_exit,
    on_panic,
    any_panic,
    any_result,
    nested,
    asks_the_clock,
    lives_of_guards,
    any_clock,
);
