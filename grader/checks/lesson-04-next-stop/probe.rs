//! Observes lesson 04: what is asked of a generator, what it answers at its end, and when it lets go of what it holds.

use lesson_04::{advance, countdown, countdown_holding, drain};
use probe::{Inputs, OnDrop, check, mark};
use std::collections::VecDeque;
use std::ops::RangeInclusive;

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
    let mut numbers = [0, start(inputs, 2..=9), start(inputs, 10..=99)];
    inputs.shuffle(&mut numbers);
    let mut g = Told::new(numbers.map(Some));
    for nth in ["first", "second", "third", "fourth", "fifth"] {
        mark!("the {nth} advance(&mut g)");
        let got: bool = advance(&mut g);
        mark!("returned {got:?}");
    }
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

probe::main!(slide, one_step, closed, resumes, unfused, released);
