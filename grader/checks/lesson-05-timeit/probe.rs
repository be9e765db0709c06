//! Observes lesson 05: when `timeit` prints, and what, on a clock that moves only when it is told to.

use lesson_05::{Clock, timeit, with_timeit};
use probe::{Inputs, catch, check, mark};
use std::cell::Cell;
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
    let mut spans = [4, 61_500, carries, needs_a_zero, hours];
    inputs.shuffle(&mut spans);

    let clock = TestClock::at(Duration::from_millis(inputs.number(1_700_000_000_001..=1_799_999_999_999)));
    mark!("with_timeit, on a clock that shows {:?}", clock.now());
    for takes in spans.map(Duration::from_millis) {
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

probe::main!(slide, formats, early_exit, on_panic, nested);
