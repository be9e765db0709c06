//! Observes lesson 03: when a generator prints its header, and what it gives each time it is asked.

use lesson_03::{countdown, render};
use probe::{Inputs, check, mark};
use std::cell::Cell;
use std::ops::RangeInclusive;
use std::rc::Rc;

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

/// After the end there is nothing, however often one asks.
#[check]
fn stays_ended(inputs: &mut Inputs) {
    let mut sizes = [0, 1, start(inputs, 2..=4)];
    inputs.shuffle(&mut sizes);
    for n in sizes {
        mark!("countdown({n}), asked {} times", n + 4);
        let mut g = countdown(n);
        for _ in 0..n + 4 {
            let got: ::std::option::Option<u32> = g.next();
            mark!("gave {got:?}");
        }
    }
}

/// Every number of a long sequence, and the widths at which narrower integers end.
#[check]
fn all_of_them(inputs: &mut Inputs) {
    for n in [255, 256, 65_536, start(inputs, 200_000..=300_000)] {
        mark!("countdown({n})");
        let (mut count, mut digest, mut last) = (0, 0_u64, None);
        for i in countdown(n) {
            let i: u32 = i;
            count += 1;
            digest = digest.wrapping_mul(31).wrapping_add(i.into());
            last = Some(i);
        }
        mark!("gave {count} numbers, the last of them {last:?}; digest {digest:016x}");
    }
}

/// However the first number is asked for: the methods that an iterator may have of its own call for the header as well.
#[check]
fn other_ways(inputs: &mut Inputs) {
    let n = start(inputs, 4..=99);
    let mut ways = ["nth(1)", "last()", "count()", "fold", "size_hint()", "max()", "by_ref().skip(1)"];
    inputs.shuffle(&mut ways);
    for way in ways {
        mark!("countdown({n}), then {way}");
        let mut g = countdown(n);
        match way {
            "last()" => mark!("gave {:?}", g.last()),
            "count()" => mark!("gave {:?}", g.count()),
            "fold" => mark!("gave {:?}", g.fold(0_u64, |sum, i| 3 * sum % 1_000_003 + u64::from(i))),
            "max()" => mark!("gave {:?}", g.max()),
            "nth(1)" => mark!("gave {:?}, and then {:?}", g.nth(1), g.next()),
            "size_hint()" => {
                let (least, most) = g.size_hint();
                let honest = least <= n as usize && most.is_none_or(|most| most >= n as usize);
                mark!("is what it says true of {n} numbers? {honest}");
                mark!("gave {:?}", g.next());
            }
            _ => mark!("gave {:?}, and then {:?}", g.by_ref().skip(1).next(), g.next()),
        }
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

    drop(a);
    mark!("a is dropped; c = countdown(2) is made, and one more that is dropped at once");
    let mut c = countdown(2);
    drop(countdown(7));
    for _ in 0..3 {
        let (first, second): (::std::option::Option<u32>, ::std::option::Option<u32>) = (b.next(), c.next());
        mark!("b.next() gave {first:?}, c.next() gave {second:?}");
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

/// Many generators of huge sequences, alive at the same time.
#[check]
fn thirty_at_once(inputs: &mut Inputs) {
    let middle = start(inputs, 1 << 31..=3 << 30);
    mark!("thirty of them at once, countdown({middle}) and below: two numbers of each");
    let mut all: Vec<_> = (0..30).map(|less| countdown(middle - less)).collect();
    let got: ::std::vec::Vec<u32> = all.iter_mut().flat_map(|g| g.take(2)).collect();
    mark!("gave {} numbers, their sum is {}", got.len(), got.iter().map(|i| u64::from(*i)).sum::<u64>());
}

/// `render` by itself, over numbers that are no countdown.
#[check]
fn dots(inputs: &mut Inputs) {
    let twice = start(inputs, 10..=99);
    let mut numbers = vec![0, u32::MAX, 7, start(inputs, 10..=99), start(inputs, 10..=99)];
    inputs.shuffle(&mut numbers);
    numbers.extend([twice, twice]);
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

/// Numbers that are borrowed, can't be copied and stay on their thread; many of them; and some that come after a `None`.
#[check]
fn any_numbers(inputs: &mut Inputs) {
    struct Pausing<'a> {
        left: &'a Cell<u32>,
        asked: Rc<Cell<u32>>,
    }
    impl Iterator for Pausing<'_> {
        type Item = u32;
        fn next(&mut self) -> Option<u32> {
            self.asked.update(|n| n + 1);
            let left = self.left.get();
            self.left.set(left.wrapping_sub(1));
            (left > 0).then_some(left)
        }
    }

    let (left, asked) = (Cell::new(start(inputs, 2..=4)), Rc::new(Cell::new(0)));
    mark!("render of {} numbers, whose iterator would go on after its None", left.get());
    let got: ::std::string::String = render(Pausing { left: &left, asked: asked.clone() });
    mark!("returned {got:?}; was asked {} times", asked.get());

    let one = start(inputs, 10..=99);
    mark!("render(Some({one})), then of the same by reference");
    let got: ::std::string::String = render(Some(one));
    mark!("returned {got:?}");
    let got: ::std::string::String = render([one].iter().copied());
    mark!("returned {got:?}");

    let many = start(inputs, 100_000..=200_000);
    mark!("render(0..{many})");
    let got: ::std::string::String = render(0..many);
    let digest = got.bytes().fold(0_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    mark!("returned {} bytes; digest {digest:016x}", got.len());
}

probe::main!(
    slide,
    lazy,
    ends,
    stays_ended,
    all_of_them,
    other_ways,
    independent,
    huge,
    thirty_at_once,
    dots,
    any_numbers,
);
