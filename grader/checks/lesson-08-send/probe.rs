//! Observes lesson 08: what a countdown yields to whom, and what becomes of a coroutine between `Fresh` and its end.

mod speakers;

use lesson_08::{Coroutine, Fresh, Started, Step, countdown};
use probe::{Inputs, OnDrop, catch, check, mark};
use speakers::{Borrows, Parcel, Short, Speaker, Word};
use std::cell::Cell;
use std::marker::PhantomPinned;
use std::panic::{panic_any, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::thread;

/// Resumes once and marks what came; `false` if that was the end.
fn resume(name: &str, g: &mut impl Coroutine<Option<i64>, Yield = i64, Return = ()>, input: Option<i64>) -> bool {
    let step: ::lesson_08::Step<i64, ()> = g.resume(input);
    let asked = shown(input);
    match step {
        Step::Yielded(n) => mark!("{name}.resume({asked}): yielded {}", named(n)),
        Step::Complete(()) => mark!("{name}.resume({asked}): complete"),
    }
    matches!(step, Step::Yielded(_))
}

/// Resumes with one input after the other, and no more after the end.
fn talk(
    name: &str,
    g: &mut impl Coroutine<Option<i64>, Yield = i64, Return = ()>,
    inputs: impl IntoIterator<Item = Option<i64>>,
) -> bool {
    inputs.into_iter().all(|input| resume(name, g, input))
}

/// Resumes once where a panic is expected; `true` if it came.
fn panics(g: &mut impl Coroutine<Option<i64>, Yield = i64, Return = ()>, input: Option<i64>) -> bool {
    let caught = catch(|| resume("g", g, input));
    if let Err(message) = &caught {
        mark!("g.resume({}): panicked: {message}", shown(input));
    }
    caught.is_err()
}

fn shown(input: Option<i64>) -> String {
    input.map_or("None".to_owned(), |shift| format!("Some({})", named(shift)))
}

/// The longest numbers by name, for the reader.
fn named(n: i64) -> String {
    match n {
        i64::MAX => "i64::MAX".to_owned(),
        i64::MIN => "i64::MIN".to_owned(),
        _ => n.to_string(),
    }
}

/// The slide's own conversation: 1, then 10 is sent, then down to the end.
#[check]
fn slide(_: &mut Inputs) {
    mark!("g = countdown(1)");
    let mut g = countdown(1);
    // A countdown that does not end is stopped: the reader has seen enough by then.
    talk("g", &mut g, [None, Some(10)].into_iter().chain([None; 12]));
}

/// Two countdowns in turn: each has its own count, and takes its own shifts, wherever in memory it lies.
#[check]
fn sends(inputs: &mut Inputs) {
    let (a, b, c) = (inputs.signed(8..=10), inputs.signed(40..=50), inputs.signed(100..=109));
    mark!("a = countdown({a}), b = countdown({b})");
    let mut both = [("a", countdown(a)), ("b", countdown(b))];
    let again = Some(inputs.signed(2..=9));
    let mut shifts = [None, None, Some(0), Some(1), again, again, again, Some(inputs.signed(-3..=-1))];
    inputs.shuffle(&mut shifts);
    for (i, shift) in [None].into_iter().chain(shifts).enumerate() {
        for (name, g) in &mut both {
            let shift = if *name == "a" { shift } else { shift.map(|shift| -shift) };
            if !resume(name, g, shift) {
                return;
            }
        }
        both.swap(0, 1);
        if i == 3 {
            mark!("c = countdown({c}) is made, and is dropped before it runs");
            drop(countdown(c));
        }
        if i == 5 {
            mark!("c = countdown({c}) is made, runs and is dropped");
            resume("c", &mut countdown(c), None);
        }
    }
}

/// No value can be sent to a countdown that stands before its first line, and an attempt leaves it there.
#[check]
fn just_started(inputs: &mut Inputs) {
    let mut shifts = [0, inputs.signed(1..=9), inputs.signed(-9..=-1)];
    inputs.shuffle(&mut shifts);
    for shift in shifts {
        let n = inputs.signed(2..=9);
        mark!("g = countdown({n})");
        let mut g = countdown(n);
        if panics(&mut g, Some(shift)) {
            talk("g", &mut g, [None, Some(shift)]);
        }
    }
    let n = inputs.signed(2..=9);
    mark!("g = countdown({n})");
    let mut g = countdown(n);
    let mut shifts = [i64::MIN, i64::MAX, inputs.signed(-9..=9)];
    inputs.shuffle(&mut shifts);
    if shifts.into_iter().all(|shift| panics(&mut g, Some(shift))) {
        talk("g", &mut g, [None, None]);
    }
    let mut counts = [0, inputs.signed(-9..=-1), i64::MIN];
    inputs.shuffle(&mut counts);
    for n in counts {
        mark!("g = countdown({})", named(n));
        let mut g = countdown(n);
        if panics(&mut g, Some(inputs.signed(1..=9))) {
            resume("g", &mut g, None);
        }
    }
}

/// Counts that end at once, and counts and shifts as large as `i64` allows, where the order of the lines shows.
#[check]
fn limits(inputs: &mut Inputs) {
    let mut ended = [0, inputs.signed(-9..=-2), -1, i64::MIN];
    inputs.shuffle(&mut ended);
    for n in ended {
        mark!("g = countdown({})", named(n));
        resume("g", &mut countdown(n), None);
    }
    mark!("g = countdown(i64::MAX)");
    talk("g", &mut countdown(i64::MAX), [None, None, Some(1), Some(i64::MIN + 2)]);
    let n = inputs.signed(3..=9);
    let large = inputs.signed(1 << 40..=1 << 50);
    for (n, shift) in [(n, 1 - n), (n, 2 - n), (1, i64::MIN), (1, i64::MAX), (large, -large), (large, i64::MAX - large)]
    {
        mark!("g = countdown({n})");
        talk("g", &mut countdown(n), [None, Some(shift)]);
    }
    let n = inputs.signed(10_000..=10_900);
    mark!("g = countdown({n}), resumed with None to its end");
    let mut g = countdown(n);
    let mut all = Vec::new();
    while let Step::Yielded(n) = g.resume(None)
        && all.len() <= 11_000
    {
        all.push(n);
    }
    mark!("{} numbers came, their sum is {}, the last is {:?}", all.len(), all.iter().sum::<i64>(), all.last());
}

/// Whoever resumes a countdown that is over hears about it, each time, however it ended.
#[check]
fn after_the_end(inputs: &mut Inputs) {
    let n = inputs.signed(2..=9);
    let mut counts = [(n, Some(Some(-n))), (n, Some(Some(1 - n))), (1, Some(None)), (0, None), (i64::MIN, None)];
    inputs.shuffle(&mut counts);
    for (n, last) in counts {
        mark!("g = countdown({})", named(n));
        let mut g = countdown(n);
        if talk("g", &mut g, [None].into_iter().chain(last)) {
            continue;
        }
        let mut more = [None, Some(inputs.signed(1..=9)), Some(inputs.signed(1..=9)), Some(0)];
        inputs.shuffle(&mut more);
        more.into_iter().all(|input| panics(&mut g, input));
    }
}

/// Runs the work on another thread, and waits for it.
fn on_another_thread<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    thread::scope(|scope| scope.spawn(work).join()).unwrap_or_else(|payload| resume_unwind(payload))
}

/// A countdown is made, resumed and resumed again on different threads.
#[check]
fn elsewhere(inputs: &mut Inputs) {
    let (n, shift) = (inputs.signed(5..=9), inputs.signed(2..=9));
    mark!("g = countdown({n})");
    let mut g = countdown(n);
    resume("g", &mut g, None);
    mark!("on another thread");
    let (mut g, more) = on_another_thread(move || {
        let more = talk("g", &mut g, [Some(shift), None]);
        (g, more)
    });
    mark!("here again");
    if !more || !talk("g", &mut g, [None, Some(-shift)]) {
        return;
    }
    mark!("g = countdown({n}), made on another thread; it is resumed here");
    let mut g = on_another_thread(move || countdown(n));
    if panics(&mut g, Some(shift)) {
        talk("g", &mut g, [None, Some(shift)]);
    }
    mark!("start() of countdown({n}), here; the rest on another thread");
    let (first, mut g): (::std::option::Option<i64>, _) = Fresh::new(countdown(n)).start();
    mark!("start(): {first:?}");
    on_another_thread(move || {
        let got: ::std::option::Option<i64> = g.send(shift);
        mark!("send({shift}): {got:?}");
        let got: ::std::option::Option<i64> = g.next();
        mark!("next(): {got:?}");
    });
}

/// Nothing runs before `start`, each call resumes once, and the coroutine's locals go when it goes.
#[check]
fn lazy(inputs: &mut Inputs) {
    let speaker =
        |inputs: &mut Inputs, local: &str| Speaker { words: inputs.words(8), _local: Some(OnDrop::named(local)) };
    mark!("Fresh::new, given a coroutine");
    let fresh = Fresh::new(speaker(inputs, "its local"));
    mark!("start()");
    let (first, mut g): (::std::option::Option<Word>, _) = fresh.start();
    mark!("returned {first:?}");
    let shift = inputs.signed(1..=9);
    let mut calls = [Some(0), Some(shift), Some(shift), None, None, Some(i64::MIN), Some(i64::MAX)];
    inputs.shuffle(&mut calls);
    for call in calls {
        let got: ::std::option::Option<Word> = match call {
            Some(shift) => {
                mark!("send({})", named(shift));
                g.send(shift)
            }
            None => {
                mark!("next()");
                g.next()
            }
        };
        mark!("returned {got:?}");
    }
    mark!("it is dropped, half way");
    drop(g);
    mark!("Fresh::new, given another one");
    let fresh = Fresh::new(speaker(inputs, "the other one's local"));
    mark!("it is dropped, and was never started");
    drop(fresh);
    mark!("both are gone");
}

/// The coroutine goes once, and a panic of it comes to whoever resumed it.
#[check]
fn drops(inputs: &mut Inputs) {
    /// The calls after which a coroutine is dropped.
    fn calls(g: Fresh<Short>, calls: &str) -> Option<Started<Short>> {
        let (first, mut g): (::std::option::Option<u32>, _) = g.start();
        mark!("start(): {first:?}");
        for call in calls.split_terminator(' ') {
            let got: ::std::option::Option<u32> = if call == "send" { g.send(1) } else { g.next() };
            mark!("{call}(): {got:?}");
        }
        Some(g)
    }

    let words = inputs.words(3);
    let mut cases: Vec<(u32, &str, Option<Box<dyn FnOnce()>>)> = vec![
        (2, "send next", None),
        (0, "", None),
        (1, "send", None),
        (1, "next", None),
        (
            0,
            "",
            Some(Box::new({
                let word = words[0].clone();
                move || panic!("{word}")
            })),
        ),
        (
            1,
            "send",
            Some(Box::new({
                let word = words[1].clone();
                move || panic!("{word}")
            })),
        ),
        (
            1,
            "next",
            Some(Box::new({
                let word = words[2].clone();
                move || panic!("{word}")
            })),
        ),
        (2, "next send", Some(Box::new(|| panic_any(7)))),
    ];
    inputs.shuffle(&mut cases);
    for (yields, after, panics) in cases {
        let dropped = Arc::new(AtomicU32::new(0));
        let count = Arc::clone(&dropped);
        let local = OnDrop::call(move || {
            count.fetch_add(1, Relaxed);
        });
        mark!("a coroutine that yields {yields} times, then {}", if panics.is_some() { "panics" } else { "ends" });
        let fresh = Fresh::new(Short { yields, panics, _local: local });
        match catch(|| calls(fresh, after)) {
            Ok(started) => drop(started),
            Err(message) => mark!("the panic came here: {message}"),
        }
        mark!("all is gone; the coroutine was dropped {} time(s)", dropped.load(Relaxed));
    }
}

/// A started coroutine in a `for`, and what it answers when it is over.
#[check]
fn for_loop(inputs: &mut Inputs) {
    let (n, shift) = (inputs.signed(2..=4), inputs.signed(2..=4));
    let mut cases = [(0, "start"), (1, "send"), (1, "next")];
    inputs.shuffle(&mut cases);
    for (words, end) in cases {
        mark!("start() of a coroutine that yields {words} times; {end} meets its end");
        let (first, mut g): (::std::option::Option<Word>, _) = Fresh::new(Speaker::of(words, inputs)).start();
        mark!("returned {first:?}");
        let mut more = [true, true, false, false];
        inputs.shuffle(&mut more);
        let meets = (words > 0).then_some(end == "send");
        for send in meets.into_iter().chain(more) {
            let got: ::std::option::Option<Word> = if send { g.send(shift) } else { g.next() };
            mark!("{}: {got:?}", if send { format!("send({shift})") } else { "next()".to_owned() });
        }
    }
    let (first, mut g): (::std::option::Option<i64>, _) = Fresh::new(countdown(n)).start();
    mark!("start() of countdown({n}): {first:?}");
    let got: ::std::option::Option<i64> = g.send(shift);
    mark!("send({shift}): {got:?}");
    for n in g.by_ref().take(12) {
        let n: i64 = n;
        mark!("for: {n}");
    }
    let got: ::std::option::Option<i64> = g.next();
    mark!("next() after the end: {got:?}");
    let got: ::std::option::Option<i64> = g.send(shift);
    mark!("send({shift}) after the end: {got:?}");
    let (first, g): (::std::option::Option<Word>, _) = Fresh::new(Speaker::of(3, inputs)).start();
    mark!("start(): {first:?}; the rest is collected");
    let rest: ::std::vec::Vec<Word> = g.collect();
    mark!("{rest:?}");
}

/// A coroutine that borrows and yields what can be neither cloned nor sent is wrapped like any other.
#[check]
fn any_coroutine(inputs: &mut Inputs) {
    let text = inputs.text(4..=5);
    let runs = Cell::new(0);
    mark!("start() of a coroutine that borrows {text:?} and yields its characters");
    let fresh = Fresh::new(Borrows { text: &text, runs: &runs, _pinned: PhantomPinned });
    let (first, mut g): (::std::option::Option<Parcel<'_>>, _) = fresh.start();
    mark!("returned {:?}", first.map(|parcel| *parcel.0));
    let got: ::std::option::Option<Parcel<'_>> = g.send(1);
    mark!("send(1): {:?}", got.map(|parcel| *parcel.0));
    for parcel in g {
        mark!("for: {:?}", *parcel.0);
    }
    mark!("it ran {} times", runs.get());
}

probe::main!(slide, sends, just_started, limits, after_the_end, elsewhere, lazy, drops, for_loop, any_coroutine);
