//! Observes lesson 08: what a countdown yields to whom, and what becomes of a coroutine between `Fresh` and its end.

use lesson_08::{Coroutine, Fresh, Step, countdown};
use probe::{Inputs, OnDrop, catch, check, mark};

/// Resumes once and marks what came; `false` if that was the end.
fn resume(g: &mut impl Coroutine<Option<i64>, Yield = i64, Return = ()>, input: Option<i64>) -> bool {
    resume_named("g", g, input)
}

fn resume_named(name: &str, g: &mut impl Coroutine<Option<i64>, Yield = i64, Return = ()>, input: Option<i64>) -> bool {
    let step: ::lesson_08::Step<i64, ()> = g.resume(input);
    let asked = input.map_or("None".to_owned(), |shift| format!("Some({})", named(shift)));
    match step {
        Step::Yielded(n) => mark!("{name}.resume({asked}): yielded {}", named(n)),
        Step::Complete(()) => mark!("{name}.resume({asked}): complete"),
    }
    matches!(step, Step::Yielded(_))
}

/// The same, where a panic is what there may be to see.
fn try_resume(g: &mut impl Coroutine<Option<i64>, Yield = i64, Return = ()>, input: Option<i64>) {
    if let Err(message) = catch(|| resume(g, input)) {
        mark!("g.resume({input:?}): panicked: {message}");
    }
}

/// The longest numbers by name, for the reader.
fn named(n: i64) -> String {
    match n {
        i64::MAX => "i64::MAX".to_owned(),
        i64::MIN => "i64::MIN".to_owned(),
        _ => n.to_string(),
    }
}

/// Yields its words one by one, and says each time that it runs.
struct Speaker {
    words: Vec<String>,
    _local: Option<OnDrop>,
}

impl Coroutine<Option<i64>> for Speaker {
    type Yield = String;
    type Return = &'static str;

    fn resume(&mut self, input: Option<i64>) -> Step<String, &'static str> {
        mark!("the coroutine runs, resumed with {input:?}");
        self.words.pop().map_or(Step::Complete("no more words"), Step::Yielded)
    }
}

/// The slide's own conversation: 1, then 10 is sent, then down to the end.
#[check]
fn slide(_: &mut Inputs) {
    mark!("g = countdown(1)");
    let mut g = countdown(1);
    resume(&mut g, None);
    resume(&mut g, Some(10));
    // A countdown that does not end is stopped: the reader has seen enough by then.
    for _ in 0..12 {
        if !resume(&mut g, None) {
            break;
        }
    }
}

/// Two countdowns in turn: each has its own count, and takes its own shifts, up and down.
#[check]
fn sends(inputs: &mut Inputs) {
    let (a, b) = (inputs.signed(3..=5), inputs.signed(11..=15));
    mark!("a = countdown({a}), b = countdown({b})");
    let (mut a, mut b) = (countdown(a), countdown(b));
    let mut shifts = [None, Some(0), Some(inputs.signed(2..=9)), Some(inputs.signed(-3..=-1)), None];
    inputs.shuffle(&mut shifts);
    let (mut a_runs, mut b_runs) = (resume_named("a", &mut a, None), resume_named("b", &mut b, None));
    for shift in shifts {
        a_runs = a_runs && resume_named("a", &mut a, shift);
        b_runs = b_runs && resume_named("b", &mut b, shift.map(|shift| -shift));
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
        try_resume(&mut g, Some(shift));
        try_resume(&mut g, None);
        try_resume(&mut g, Some(shift));
    }
}

/// Counts that end at once, and counts and shifts as large as `i64` allows, where the order of the lines shows.
#[check]
fn limits(inputs: &mut Inputs) {
    let mut ended = [0, inputs.signed(-9..=-2), i64::MIN];
    inputs.shuffle(&mut ended);
    for n in ended {
        mark!("g = countdown({})", named(n));
        resume(&mut countdown(n), None);
    }
    mark!("g = countdown(i64::MAX)");
    let mut g = countdown(i64::MAX);
    resume(&mut g, None);
    resume(&mut g, None);
    let n = inputs.signed(3..=9);
    for (n, shift) in [(n, 1 - n), (n, 2 - n), (1, i64::MIN), (1, i64::MAX)] {
        mark!("g = countdown({n})");
        let mut g = countdown(n);
        resume(&mut g, None);
        resume(&mut g, Some(shift));
    }
}

/// Whoever resumes a countdown that is over hears about it, each time.
#[check]
fn after_the_end(inputs: &mut Inputs) {
    let n = inputs.signed(2..=9);
    let mut counts = [(n, Some(-n)), (1, None)];
    inputs.shuffle(&mut counts);
    for (n, last) in counts {
        mark!("g = countdown({n})");
        let mut g = countdown(n);
        resume(&mut g, None);
        resume(&mut g, last);
        try_resume(&mut g, None);
        try_resume(&mut g, Some(inputs.signed(1..=9)));
    }
}

/// Nothing runs before `start`, each call resumes once, and the coroutine's locals go when it goes.
#[check]
fn lazy(inputs: &mut Inputs) {
    let speaker = |inputs: &mut Inputs, local: &str| Speaker {
        words: vec![inputs.word(), inputs.word(), inputs.word(), inputs.word()],
        _local: Some(OnDrop::named(local)),
    };
    mark!("Fresh::new, given a coroutine");
    let fresh = Fresh::new(speaker(inputs, "its local"));
    mark!("start()");
    let (first, mut g): (::std::option::Option<::std::string::String>, _) = fresh.start();
    mark!("returned {first:?}");
    let shift = inputs.signed(-9..=9);
    mark!("send({shift})");
    let got: ::std::option::Option<::std::string::String> = g.send(shift);
    mark!("returned {got:?}");
    mark!("next()");
    let got: ::std::option::Option<::std::string::String> = g.next();
    mark!("returned {got:?}");
    mark!("it is dropped, half way");
    drop(g);
    mark!("Fresh::new, given another one");
    let fresh = Fresh::new(speaker(inputs, "the other one's local"));
    mark!("it is dropped, and was never started");
    drop(fresh);
    mark!("both are gone");
}

/// A started coroutine in a `for`, and what it answers when it is over.
#[check]
fn for_loop(inputs: &mut Inputs) {
    let (n, shift) = (inputs.signed(2..=4), inputs.signed(2..=4));
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

    mark!("start() of a coroutine that never yields");
    let (first, mut g): (::std::option::Option<::std::string::String>, _) =
        Fresh::new(Speaker { words: Vec::new(), _local: None }).start();
    mark!("returned {first:?}");
    let got: ::std::option::Option<::std::string::String> = g.send(shift);
    mark!("send({shift}): {got:?}");
    let got: ::std::option::Option<::std::string::String> = g.next();
    mark!("next(): {got:?}");
}

probe::main!(slide, sends, just_started, limits, after_the_end, lazy, for_loop);
