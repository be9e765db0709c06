//! Observes lesson 04: what is asked of a generator, what it answers at its end, and when it lets go of what it holds.

use lesson_04::{advance, countdown, countdown_holding, drain};
use probe::{Inputs, OnDrop, catch, check, mark};
use std::cell::Cell;
use std::collections::VecDeque;
use std::ops::RangeInclusive;
use std::rc::Rc;

/// A number that a generator counts down from.
fn start(inputs: &mut Inputs, range: RangeInclusive<u64>) -> u32 {
    inputs.number(range) as u32
}

/// An iterator that gives these answers, one each time it is asked, and says so; `None` need not be the last of them.
struct Told {
    answers: VecDeque<Option<u32>>,
}

impl Told {
    fn new(answers: impl IntoIterator<Item = Option<u32>>) -> Self {
        Told { answers: answers.into_iter().collect() }
    }
}

impl Iterator for Told {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let answer = self.answers.pop_front().flatten();
        mark!("g is asked, and answers {answer:?}");
        answer
    }
}

/// The slide's own loop.
#[check]
fn slide(_: &mut Inputs) {
    mark!("drain(countdown(2))");
    drain(countdown(2));
}

/// One call of `advance` asks once, whatever the answers are: zero among them, and the end more than once.
#[check]
fn one_step(inputs: &mut Inputs) {
    let mut answers = [Some(0), Some(u32::MAX), Some(start(inputs, 2..=9)), None, None];
    inputs.shuffle(&mut answers);
    mark!("g will answer, in this order: {answers:?}");
    let mut g = Told::new(answers);
    for _ in 0..6 {
        mark!("advance(&mut g)");
        let got: bool = advance(&mut g);
        mark!("returned {got:?}");
    }
}

/// The numbers of lesson 03, with its header, however they are asked for.
#[check]
fn counts(inputs: &mut Inputs) {
    let n = start(inputs, 3..=99);
    mark!("countdown_holding({n}, ()) is called");
    let mut g = countdown_holding(n, ());
    for _ in 0..2 {
        mark!("next()");
        let got: ::std::option::Option<u32> = g.next();
        mark!("gave {got:?}");
    }
    mark!("countdown({}).take(2)", u32::MAX);
    let got: ::std::vec::Vec<u32> = countdown(u32::MAX).take(2).collect();
    mark!("gave {got:?}");

    let many = start(inputs, 70_000..=99_999);
    let mut ways = ["nth(1)", "last()", "count()", "sum"];
    inputs.shuffle(&mut ways);
    for way in ways {
        mark!("countdown({many}), then {way}, then next()");
        let mut g = countdown(many);
        match way {
            "nth(1)" => mark!("gave {:?}", g.nth(1)),
            "last()" => mark!("gave {:?}", g.by_ref().last()),
            "count()" => mark!("gave {:?}", g.by_ref().count()),
            _ => mark!("gave {:?}", g.by_ref().map(u64::from).sum::<u64>()),
        }
        let got: ::std::option::Option<u32> = g.next();
        mark!("gave {got:?}");
    }
}

/// Two generators at once, each with something of its own to hold, and asked in turn by `advance`.
#[check]
fn two_at_once(inputs: &mut Inputs) {
    let (names, n) = (inputs.words(2), start(inputs, 1..=2));
    mark!("a = countdown_holding({n}, {}), b = countdown_holding({}, {})", names[0], n + 1, names[1]);
    let mut a = countdown_holding(n, OnDrop::named(&names[0]));
    let mut b = countdown_holding(n + 1, OnDrop::named(&names[1]));
    for _ in 0..=n {
        mark!("advance(&mut a)");
        let got: bool = advance(&mut a);
        mark!("returned {got:?}; advance(&mut b)");
        let got: bool = advance(&mut b);
        mark!("returned {got:?}");
    }
    mark!("drop(b)");
    drop(b);
    mark!("advance(&mut a)");
    let got: bool = advance(&mut a);
    mark!("returned {got:?}");
}

/// Five more `next` after the end, for generators that end at once and later.
#[check]
fn closed(inputs: &mut Inputs) {
    let mut sizes = [0, start(inputs, 1..=2), start(inputs, 3..=5)];
    inputs.shuffle(&mut sizes);
    for n in sizes {
        mark!("g = countdown({n}), up to its first None");
        let mut g = countdown(n);
        let got: ::std::vec::Vec<u32> = g.by_ref().take(9).collect();
        mark!("gave {got:?}; five more g.next()");
        let got: [::std::option::Option<u32>; 5] = ::std::array::from_fn(|_| g.next());
        mark!("gave {got:?}");
    }
}

/// One generator goes from hand to hand: each of them goes on where the one before it stopped.
#[check]
fn resumes(inputs: &mut Inputs) {
    let n = start(inputs, 6..=8);
    let few = inputs.size(1..=2);
    mark!("g = countdown({n}); g.next()");
    let mut g = countdown(n);
    let got: ::std::option::Option<u32> = g.next();
    mark!("gave {got:?}");
    mark!("for i in g.by_ref().take({few})");
    for i in g.by_ref().take(few) {
        mark!("i is {i}");
    }
    mark!("advance(&mut g)");
    let got: bool = advance(&mut g);
    mark!("returned {got:?}; drain(&mut g)");
    drain(&mut g);
    mark!("advance(&mut g)");
    let got: bool = advance(&mut g);
    mark!("returned {got:?}");
}

/// An iterator that has more to give after a `None`: `drain` must not find that out.
#[check]
fn unfused(inputs: &mut Inputs) {
    let (one, two, three) = (start(inputs, 10..=39), start(inputs, 40..=69), start(inputs, 70..=99));
    let mut answers = vec![Some(one), Some(two)];
    answers.insert(inputs.size(1..=2), None);
    answers.extend([None, Some(three)]);
    mark!("g will answer, in this order: {answers:?}");
    let mut g = Told::new(answers);
    mark!("drain(&mut g)");
    drain(&mut g);
    mark!("drain(&mut g), a second time");
    drain(&mut g);
    mark!("g still had {:?} to answer", g.answers);

    mark!("drain(&mut an iterator with nothing in it)");
    drain(&mut Told::new([]));
}

/// `drain` prints as it goes: when the iterator panics, what came before is on the screen.
#[check]
fn as_it_goes(inputs: &mut Inputs) {
    let (first, second) = (start(inputs, 0..=9), start(inputs, 10..=99));
    let mut left = vec![second, first];
    let mut g = std::iter::from_fn(|| {
        mark!("g is asked");
        Some(left.pop().expect("no more numbers"))
    });
    mark!("drain(&mut g)");
    let got = catch(|| drain(&mut g));
    mark!("came back with {got:?}");
}

/// What a generator holds goes when the generator ends or is dropped, whichever comes first.
#[check]
fn released(inputs: &mut Inputs) {
    let (name, n) = (inputs.word(), start(inputs, 3..=9));
    mark!("g = countdown_holding({n}, {name}); g.next()");
    let mut g = countdown_holding(n, OnDrop::named(&name));
    let got: ::std::option::Option<u32> = g.next();
    mark!("gave {got:?}; drop(g)");
    drop(g);

    let (name, n) = (inputs.word(), start(inputs, 3..=9));
    mark!("g = countdown_holding({n}, {name}), never asked");
    let g = countdown_holding(n, OnDrop::named(&name));
    mark!("drop(g)");
    drop(g);

    let (name, n) = (inputs.word(), start(inputs, 1..=3));
    mark!("g = countdown_holding({n}, {name}); drain(&mut g)");
    let mut g = countdown_holding(n, OnDrop::named(&name));
    drain(&mut g);
    mark!("drop(g)");
    drop(g);
}

/// The end may come at the first `next`, or inside a method that asks many times; a drop, while a panic goes by.
#[check]
fn released_anyhow(inputs: &mut Inputs) {
    let n = start(inputs, 2..=9);
    let mut ways = ["next() at 0", "count()", "nth past the end", "last number", "a panic", "in a Box"];
    inputs.shuffle(&mut ways);
    for way in ways {
        let name = inputs.word();
        let n = if way == "next() at 0" { 0 } else { n };
        mark!("g = countdown_holding({n}, {name}), and {way}");
        let mut g = countdown_holding(n, OnDrop::named(&name));
        match way {
            "next() at 0" => mark!("gave {:?}", g.next()),
            "count()" => mark!("gave {:?}", g.by_ref().count()),
            "nth past the end" => mark!("gave {:?}", g.nth(n as usize)),
            "last number" => {
                mark!("gave {:?}", g.nth(n as usize - 1));
                mark!("gave {:?}", g.next());
            }
            "a panic" => {
                let caught = catch(move || {
                    mark!("gave {:?}", g.next());
                    panic!("stop");
                });
                mark!("caught {:?}", caught.map(|()| "nothing"));
                continue;
            }
            _ => {
                mark!("gave {:?}", g.next());
                let boxed = Box::new(g);
                mark!("moved; drop");
                drop(boxed);
                continue;
            }
        }
        mark!("drop(g)");
        drop(g);
    }
}

/// What is held may be anything: borrowed, bound to this thread, of no size, impossible to copy or to show.
#[check]
fn any_held(inputs: &mut Inputs) {
    struct Tally<'a>(&'a Cell<u32>);
    impl Drop for Tally<'_> {
        fn drop(&mut self) {
            self.0.update(|n| n + 1);
        }
    }

    let dropped = Cell::new(0);
    let n = start(inputs, 1..=3);
    mark!("countdown_holding({n}, a value that borrows a counter)");
    let mut g = countdown_holding(n, Tally(&dropped));
    let got: ::std::option::Option<u32> = g.next();
    mark!("gave {got:?}; counter: {}", dropped.get());
    let rest = g.by_ref().count();
    mark!("{rest} more, and the end; counter: {}", dropped.get());
    drop(g);
    mark!("dropped; counter: {}", dropped.get());

    let shared: Rc<dyn Fn()> = Rc::new(|| ());
    let mut g = countdown_holding(1, shared.clone());
    mark!("countdown_holding(1, an Rc); {} of them", Rc::strong_count(&shared));
    for _ in 0..3 {
        let got: ::std::option::Option<u32> = g.next();
        mark!("gave {got:?}; {} of them", Rc::strong_count(&shared));
    }

    mark!("advance and drain, over numbers that borrow");
    let numbers = [start(inputs, 10..=99), 0];
    let mut g = numbers.iter().map(|n| *n + dropped.get());
    let got: bool = advance(&mut g);
    mark!("returned {got:?}");
    drain(g);
}

probe::main!(
    slide,
    one_step,
    counts,
    closed,
    resumes,
    two_at_once,
    unfused,
    as_it_goes,
    released,
    released_anyhow,
    any_held,
);
