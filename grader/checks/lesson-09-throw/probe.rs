//! Observes lesson 09: what is thrown into `cor` and where, what it prints, and what comes out.

use lesson_09::{Coroutine, Step, Thrown, cor};
use probe::{Inputs, catch, check, mark};
use std::panic::{set_hook, take_hook};

/// Resumes once, between two marks.
fn resume(
    g: &mut impl Coroutine<Result<(), Thrown>, Yield = u32, Return = Result<(), Thrown>>,
    input: Result<(), Thrown>,
) {
    mark!("g.resume({input:?})");
    let step: ::lesson_09::Step<u32, ::std::result::Result<(), Thrown>> = g.resume(input);
    match step {
        Step::Yielded(n) => mark!("yielded {n}"),
        Step::Complete(value) => mark!("complete: {value:?}"),
    }
}

/// The same, where a panic is what there may be to see.
fn try_resume(
    g: &mut impl Coroutine<Result<(), Thrown>, Yield = u32, Return = Result<(), Thrown>>,
    input: Result<(), Thrown>,
) {
    if let Err(message) = catch(|| resume(g, input)) {
        mark!("panicked: {message}");
    }
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
    let mut g = cor(3);
    resume(&mut g, Ok(()));
    resume(&mut g, Err(Thrown::ValueError("three".to_owned())));
}

/// Throws at each number down to the last, once with another right behind it: none of them counts.
#[check]
fn caught(inputs: &mut Inputs) {
    let n = inputs.number(2..=3) as u32;
    let twice = inputs.number(1..=u64::from(n)) as u32;
    mark!("g = cor({n})");
    let mut g = cor(n);
    resume(&mut g, Ok(()));
    for n in (1..=n).rev() {
        resume(&mut g, Err(value_error(inputs)));
        if n == twice {
            resume(&mut g, Err(value_error(inputs)));
        }
        resume(&mut g, Ok(()));
    }
}

/// What `cor` does not catch goes through it unchanged: at the first `yield`, and after a throw that was caught.
#[check]
fn escapes(inputs: &mut Inputs) {
    let mut throws = [false, true];
    inputs.shuffle(&mut throws);
    for after_a_throw in throws {
        let n = inputs.number(2..=9) as u32;
        mark!("g = cor({n})");
        let mut g = cor(n);
        resume(&mut g, Ok(()));
        if after_a_throw {
            resume(&mut g, Err(value_error(inputs)));
            resume(&mut g, Ok(()));
        }
        resume(&mut g, Err(other(inputs)));
    }
}

/// Before its first line a coroutine is within no `try`: whatever is thrown then goes through.
#[check]
fn before_the_start(inputs: &mut Inputs) {
    let mut throws = [value_error(inputs), other(inputs)];
    inputs.shuffle(&mut throws);
    for thrown in throws {
        let n = inputs.number(1..=9) as u32;
        mark!("g = cor({n})");
        resume(&mut cor(n), Err(thrown));
    }
    mark!("g = cor(0)");
    resume(&mut cor(0), Err(value_error(inputs)));
}

/// Left in peace it counts and returns: from 0 at once, and from `u32::MAX` without a list of four billion numbers.
#[check]
fn ends(inputs: &mut Inputs) {
    let mut counts = [0, inputs.number(1..=3) as u32, u32::MAX];
    inputs.shuffle(&mut counts);
    for n in counts {
        mark!("g = cor({n})");
        let mut g = cor(n);
        for _ in 0..=n.min(3) {
            resume(&mut g, Ok(()));
        }
    }
}

/// However it ended, whoever resumes it once more hears about it, each time.
#[check]
fn after_the_end(inputs: &mut Inputs) {
    let lasts = [Some(Ok(())), Some(Err(other(inputs))), None];
    for last in lasts {
        mark!("g = cor(1)");
        let mut g = cor(1);
        match last {
            Some(last) => {
                resume(&mut g, Ok(()));
                resume(&mut g, last);
            }
            None => resume(&mut g, Err(value_error(inputs))),
        }
        let mut more = [Ok(()), Err(value_error(inputs))];
        inputs.shuffle(&mut more);
        for input in more {
            try_resume(&mut g, input);
        }
    }
}

/// Nothing that is thrown makes a panic, not even one that is caught on the way. What comes out is seen elsewhere.
#[check]
fn no_panic(inputs: &mut Inputs) {
    let before = take_hook();
    set_hook(Box::new(move |panic| {
        mark!("a panic begins");
        before(panic);
    }));
    let mut g = cor(inputs.number(2..=9) as u32);
    for input in [Ok(()), Err(value_error(inputs)), Err(other(inputs))] {
        mark!("g.resume({input:?})");
        g.resume(input);
    }
    mark!("another one, not started");
    let mut g = cor(inputs.number(2..=9) as u32);
    let input = Err(value_error(inputs));
    mark!("g.resume({input:?})");
    g.resume(input);
}

probe::main!(slide, caught, escapes, before_the_start, ends, after_the_end, no_panic);
