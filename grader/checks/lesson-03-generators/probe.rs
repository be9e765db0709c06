//! Observes lesson 03: when a generator prints its header, and what it gives each time it is asked.

use lesson_03::{countdown, render};
use probe::{Inputs, check, mark};
use std::ops::RangeInclusive;

/// A number that a generator counts down from.
fn start(inputs: &mut Inputs, range: RangeInclusive<u64>) -> u32 {
    inputs.number(range) as u32
}

/// The slide's own loop; and a generator that is made, and never run.
#[check]
fn slide(_: &mut Inputs) {
    mark!("render(countdown(3))");
    let got: ::std::string::String = render(countdown(3));
    mark!("returned {got:?}");
    mark!("countdown(10), and nobody asks it for anything");
    drop(countdown(10));
}

/// Nothing is printed where the generator is made; the header comes with the first number, and only with it.
#[check]
fn lazy(inputs: &mut Inputs) {
    let n = start(inputs, 4..=99);
    mark!("countdown({n}) is called");
    let mut g = countdown(n);
    for nth in ["first", "second", "third"] {
        mark!("the {nth} next");
        let got: ::std::option::Option<u32> = g.next();
        mark!("gave {got:?}");
    }
}

/// Where the numbers end, for sequences so short that the end is most of them.
#[check]
fn ends(inputs: &mut Inputs) {
    let mut sizes = [0, 1, start(inputs, 2..=3), start(inputs, 4..=6)];
    inputs.shuffle(&mut sizes);
    for n in sizes {
        mark!("countdown({n}), up to its first None");
        let got: ::std::vec::Vec<u32> = countdown(n).take(9).collect();
        mark!("gave {got:?}");
    }
}

/// Two generators, asked in turn, know nothing of each other.
#[check]
fn independent(inputs: &mut Inputs) {
    let (a, b) = (start(inputs, 3..=9), start(inputs, 20..=99));
    mark!("a = countdown({a}), b = countdown({b})");
    let (mut a, mut b) = (countdown(a), countdown(b));
    let mut turns = ["a", "b", "a", "b", "a", "b"];
    inputs.shuffle(&mut turns[2..]);
    for name in turns {
        let got: ::std::option::Option<u32> = if name == "a" { a.next() } else { b.next() };
        mark!("{name}.next() gave {got:?}");
    }
}

/// The first numbers of a sequence that would not fit into memory.
#[check]
fn huge(inputs: &mut Inputs) {
    let mut starts = [u32::MAX, u32::MAX - start(inputs, 1..=99)];
    inputs.shuffle(&mut starts);
    for n in starts {
        mark!("countdown({n}).take(2)");
        let got: ::std::vec::Vec<u32> = countdown(n).take(2).collect();
        mark!("gave {got:?}");
    }
}

/// `render` by itself, over numbers that are no countdown.
#[check]
fn dots(inputs: &mut Inputs) {
    let mut numbers = vec![0, u32::MAX, start(inputs, 10..=99), start(inputs, 10..=99)];
    inputs.shuffle(&mut numbers);
    mark!("render({numbers:?})");
    let got: ::std::string::String = render(numbers.clone());
    mark!("returned {got:?}");

    mark!("render([]), with no numbers");
    let got: ::std::string::String = render([]);
    mark!("returned {got:?}");

    let mut rest = numbers.into_iter();
    mark!("render of the first number of these, then of the others, by &mut");
    let got: ::std::string::String = render(rest.by_ref().take(1));
    mark!("returned {got:?}");
    let got: ::std::string::String = render(&mut rest);
    mark!("returned {got:?}");
}

probe::main!(slide, lazy, ends, independent, huge, dots);
