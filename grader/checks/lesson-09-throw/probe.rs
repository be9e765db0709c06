//! Observes lesson 09: what is thrown into `cor` and where, what it prints, and what comes out.

use lesson_09::{Coroutine, Step, Thrown, cor};
use probe::{Inputs, catch, check, mark};
use std::panic::{set_hook, take_hook};

/// What a resumption brings: nothing, or something thrown.
type Input = Result<(), Thrown>;

/// Resumes once, between two marks; `false` if that was the end.
fn resume(name: &str, g: &mut impl Coroutine<Input, Yield = u32, Return = Input>, input: Input) -> bool {
    mark!("{name}.resume({input:?})");
    let step: ::lesson_09::Step<u32, ::std::result::Result<(), Thrown>> = g.resume(input);
    match step {
        Step::Yielded(n) => mark!("yielded {n}"),
        Step::Complete(ref value) => mark!("complete: {value:?}"),
    }
    matches!(step, Step::Yielded(_))
}

/// Resumes with one input after the other, and no more after the end.
fn talk(g: &mut impl Coroutine<Input, Yield = u32, Return = Input>, inputs: impl IntoIterator<Item = Input>) -> bool {
    inputs.into_iter().all(|input| resume("g", g, input))
}

/// Resumes once where a panic is expected; `true` if it came.
fn panics(g: &mut impl Coroutine<Input, Yield = u32, Return = Input>, input: Input) -> bool {
    let caught = catch(|| resume("g", g, input));
    if let Err(message) = &caught {
        mark!("panicked: {message}");
    }
    caught.is_err()
}

fn value_error(inputs: &mut Inputs) -> Thrown {
    Thrown::ValueError(inputs.word())
}

fn other(inputs: &mut Inputs) -> Thrown {
    Thrown::Other(inputs.word())
}

/// The slide's own throw: caught, and the number is yielded again.
#[check]
fn slide(_: &mut Inputs) {
    mark!("g = cor(3)");
    talk(&mut cor(3), [Ok(()), Err(Thrown::ValueError("three".to_owned()))]);
}

/// Throws at each number down to the last, at one of them four times in a row: none of them counts.
#[check]
fn caught(inputs: &mut Inputs) {
    let n = inputs.number(2..=3) as u32;
    let often = inputs.number(1..=u64::from(n)) as u32;
    mark!("g = cor({n})");
    let mut g = cor(n);
    let mut all = vec![Ok(())];
    for n in (1..=n).rev() {
        all.push(Err(value_error(inputs)));
        if n == often {
            let thrown = value_error(inputs);
            all.extend([Err(thrown.clone()), Err(thrown), Err(Thrown::ValueError(String::new()))]);
        }
        all.push(Ok(()));
    }
    talk(&mut g, all);
}

/// What `cor` does not catch goes through it unchanged: at the first `yield`, after a throw that was caught, at the last.
#[check]
fn escapes(inputs: &mut Inputs) {
    let mut messages = [
        inputs.word(),
        String::new(),
        format!("  {}\n", inputs.text(4..=6)),
        "ValueError".to_owned(),
        format!("{} {}", inputs.word().to_uppercase(), inputs.word()),
    ];
    inputs.shuffle(&mut messages);
    let mut cases = [(0, false), (1, false), (0, true), (1, true), (2, false)];
    inputs.shuffle(&mut cases);
    for ((down, caught), message) in cases.into_iter().zip(messages) {
        let n = down + if down == 2 { 1 } else { inputs.number(1..=9) as u32 };
        mark!("g = cor({n})");
        let mut g = cor(n);
        let throw = caught.then(|| Err(value_error(inputs)));
        let all = [Ok(())].into_iter().chain((0..down).map(|_| Ok(()))).chain(throw);
        if talk(&mut g, all) {
            resume("g", &mut g, Err(Thrown::Other(message)));
        }
    }
    let (n, length) = (inputs.number(2..=9) as u32, inputs.size(100_000..=101_000));
    mark!("g = cor({n}); Other with a message of {length} characters is thrown");
    let mut g = cor(n);
    let message = "ж".repeat(length);
    if resume("g", &mut g, Ok(())) {
        let step: ::lesson_09::Step<u32, ::std::result::Result<(), Thrown>> =
            g.resume(Err(Thrown::Other(message.clone())));
        let came = matches!(step, Step::Complete(Err(Thrown::Other(came))) if came == message);
        mark!("it comes out as it was: {came}");
    }
}

/// Before its first line a coroutine is within no `try`: whatever is thrown then goes through.
#[check]
fn before_the_start(inputs: &mut Inputs) {
    let text = inputs.text(4..=6);
    let mut throws = [
        (inputs.number(1..=9) as u32, value_error(inputs)),
        (inputs.number(1..=9) as u32, other(inputs)),
        (0, value_error(inputs)),
        (0, other(inputs)),
        (u32::MAX, Thrown::ValueError(text)),
        (1, Thrown::ValueError(String::new())),
    ];
    inputs.shuffle(&mut throws[1..]);
    for (n, thrown) in throws {
        mark!("g = cor({n})");
        resume("g", &mut cor(n), Err(thrown));
    }
}

/// Left in peace it counts and returns: from 0 at once, and from `u32::MAX` without a list of four billion numbers.
#[check]
fn ends(inputs: &mut Inputs) {
    let mut counts = [0, 1, inputs.number(2..=3) as u32, u32::MAX, inputs.number(1 << 31..=(1 << 32) - 2) as u32];
    inputs.shuffle(&mut counts);
    for n in counts {
        mark!("g = cor({n})");
        talk(&mut cor(n), (0..=n.min(3)).map(|_| Ok(())));
    }
    let n = inputs.number(10_000..=10_900) as u32;
    mark!("g = cor({n}), resumed with Ok(()) to its end");
    let (mut g, mut all) = (cor(n), Vec::new());
    let end = loop {
        match g.resume(Ok(())) {
            Step::Yielded(n) if all.len() < 11_000 => all.push(u64::from(n)),
            Step::Yielded(_) => break None,
            Step::Complete(end) => break Some(end),
        }
    };
    mark!("{} numbers came, their sum is {}, the last is {:?}", all.len(), all.iter().sum::<u64>(), all.last());
    mark!("the end: {end:?}");
}

/// Two coroutines in turn: neither knows of the other, wherever in memory they lie.
#[check]
fn two(inputs: &mut Inputs) {
    let (a, b, c) = (inputs.number(4..=6) as u32, inputs.number(20..=29) as u32, inputs.number(60..=69) as u32);
    mark!("a = cor({a}), b = cor({b})");
    let mut both = [("a", cor(a)), ("b", cor(b))];
    let mut more = [Ok(()), Ok(()), Err(value_error(inputs))];
    inputs.shuffle(&mut more);
    for (i, input) in [Ok(())].into_iter().chain(more).enumerate() {
        for (name, g) in &mut both {
            if !resume(name, g, input.clone()) {
                return;
            }
        }
        both.swap(0, 1);
        if i == 1 {
            mark!("c = cor({c})");
            let mut c = cor(c);
            if !resume("c", &mut c, Ok(())) || !resume("c", &mut c, Err(value_error(inputs))) {
                return;
            }
            resume("c", &mut c, Err(other(inputs)));
        }
    }
}

/// However it ended, whoever resumes it once more hears about it, each time.
#[check]
fn after_the_end(inputs: &mut Inputs) {
    let mut lasts = [
        (1, vec![Ok(()), Err(other(inputs))]),
        (1, vec![Ok(()), Ok(())]),
        (1, vec![Err(value_error(inputs))]),
        (2, vec![Err(other(inputs))]),
        (0, vec![Ok(())]),
        (0, vec![Err(value_error(inputs))]),
    ];
    inputs.shuffle(&mut lasts[1..]);
    for (i, (n, last)) in lasts.into_iter().enumerate() {
        mark!("g = cor({n})");
        let mut g = cor(n);
        if talk(&mut g, last) {
            continue;
        }
        let mut more = [Ok(()), Err(value_error(inputs)), Err(other(inputs))];
        if i > 0 {
            inputs.shuffle(&mut more);
        }
        more.into_iter().all(|input| panics(&mut g, input));
    }
}

/// Nothing that is thrown makes a panic, not even one that is caught on the way. What comes out is seen elsewhere.
#[check]
fn no_panic(inputs: &mut Inputs) {
    let before = take_hook();
    set_hook(Box::new(move |panic| {
        mark!("the panic hook runs");
        before(panic);
    }));
    let mut talks = [
        vec![Ok(()), Err(value_error(inputs)), Err(value_error(inputs)), Err(other(inputs))],
        vec![Ok(()), Ok(()), Err(other(inputs))],
        vec![Err(value_error(inputs))],
        vec![Err(other(inputs))],
    ];
    inputs.shuffle(&mut talks);
    for (i, talk) in talks.into_iter().enumerate() {
        mark!("coroutine {i}");
        let mut g = cor(inputs.number(2..=9) as u32);
        for input in talk {
            mark!("g.resume({input:?})");
            if matches!(g.resume(input), Step::Complete(_)) {
                break;
            }
        }
    }
    mark!("the check itself panics, to see whether its hook is still there");
    let _ = catch(|| panic!("on purpose"));
}

probe::main!(slide, caught, escapes, before_the_start, ends, two, after_the_end, no_panic);
